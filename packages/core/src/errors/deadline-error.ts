import { DirectoryError, type ErrorFacts } from './directory-error.ts';

/** What a call was waiting for when its deadline passed. */
export type WaitedFor = 'token' | 'answer' | 'pause';

const phases: Record<WaitedFor, string> = {
  token: 'while requesting a token',
  answer: 'while waiting for a response',
  pause: 'because the service asked to wait longer than the time that is left',
};

/** The deadline of a call passed, or would pass before the service accepts the next request. */
export class DeadlineError extends DirectoryError {
  override readonly name = 'DeadlineError';
  readonly waitedFor: WaitedFor;
  /** How long the service asked to wait, in milliseconds, if that is the reason. */
  readonly retryAfter: number | undefined;

  constructor(
    waitedFor: WaitedFor,
    {
      retryAfter,
      ...facts
    }: Partial<ErrorFacts> & { readonly retryAfter?: number | undefined } = {},
  ) {
    const { cause } = facts;
    const last =
      cause instanceof DirectoryError ? ` The last attempt failed: ${cause.message}` : '';
    super('E_DEADLINE', `Timed out ${phases[waitedFor]}.${last}`, {
      hint: { code: 'increase-deadline', isSigningIn: waitedFor === 'token' },
      ...facts,
    });
    this.waitedFor = waitedFor;
    this.retryAfter = retryAfter;
  }

  /**
   * Returns the same error with the failure of the attempt before it, which is often the actual cause.
   *
   * @example
   * throw new DeadlineError('retry').after(lastFailure, 3);
   */
  after(failure: DirectoryError | undefined, attempts?: number): DeadlineError {
    if (failure === undefined || this.cause !== undefined) return this;
    const { waitedFor, retryAfter } = this;
    return new DeadlineError(waitedFor, { retryAfter, attempts, cause: failure });
  }
}
