/** What went wrong with a request, in the words of both error bodies we speak. */
export interface Answer {
  readonly status: number;
  /** Ours, stable: `problem+json`'s `code`, and Graph's where Graph has no word for it. */
  readonly code: string;
  /** Graph's own code for the same thing, where it has one. */
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

/** A query parameter that cannot be used, by its name. Never repeats the value. */
export function badParameter(name: string, detail: string, graphCode = 'BadRequest'): RequestError {
  return new RequestError({
    status: 400,
    code: 'bad_parameter',
    graphCode,
    title: 'A query parameter cannot be used',
    detail: `${name}: ${detail}`,
  });
}
