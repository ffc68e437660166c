/** An error response, with the fields of both body formats: problem details and Graph. */
export interface Answer {
  readonly status: number;
  /** Stable: `code` of problem details, and of Graph's format where Graph has no code. */
  readonly code: string;
  /** Graph's code for the same error, if it has one. */
  readonly graphCode?: string | undefined;
  readonly title: string;
  readonly detail: string;
  /** Seconds. */
  readonly retryAfter?: number | undefined;
  /** Further headers of the response. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** The request is invalid. The error handler returns it as problem details. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  readonly answer: Answer;
  /** For the log only: what the response does not tell. */
  readonly reason: string | undefined;

  constructor(answer: Answer, reason?: string) {
    super(answer.detail);
    this.answer = answer;
    this.reason = reason;
  }
}

/** What is wrong with one parameter of a request. */
export interface Problem {
  /** The name of the parameter. */
  readonly name: string;
  /** Never contains the value. */
  readonly message: string;
  /** Graph's code for the same problem, if it is not BadRequest. */
  readonly graphCode?: string | undefined;
}

/** Returns the error for the invalid parameters of a request. */
export function badParameters(problems: readonly Problem[]): RequestError {
  return new RequestError({
    status: 400,
    code: 'bad_parameter',
    graphCode: problems.find(({ graphCode }) => graphCode !== undefined)?.graphCode ?? 'BadRequest',
    title: 'Invalid parameter',
    detail: problems.map(({ name, message }) => `${name}: ${message}`).join('; '),
  });
}
