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
}

/** The request is invalid. The error handler returns it as problem details. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  readonly answer: Answer;

  constructor(answer: Answer) {
    super(answer.detail);
    this.answer = answer;
  }
}

/** Returns the error for an invalid query parameter. Contains its name, never its value. */
export function badParameter(name: string, detail: string, graphCode = 'BadRequest'): RequestError {
  return new RequestError({
    status: 400,
    code: 'bad_parameter',
    graphCode,
    title: 'Invalid query parameter',
    detail: `${name}: ${detail}`,
  });
}
