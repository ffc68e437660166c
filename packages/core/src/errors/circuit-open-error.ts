import { DirectoryError } from './directory-error.ts';

/** The service failed so often, for everyone who asked, that it is left alone for a while: nothing was sent. */
export class CircuitOpenError extends DirectoryError {
  override readonly name = 'CircuitOpenError';
  /** Until it is asked again, in milliseconds; 0 while one request finds out. */
  readonly retryAfter: number;

  constructor(retryAfter: number) {
    super('E_UNAVAILABLE', 'The service failed too often, and is left alone for a while.', {
      hint: `Try again in ${Math.max(1, Math.ceil(retryAfter / 1000))} s, and look at the health of Microsoft 365 if it goes on.`,
    });
    this.retryAfter = retryAfter;
  }
}
