import { DirectoryError } from './directory-error.ts';

/** Too many requests failed, so that the circuit breaker rejects requests for a while. Nothing was sent. */
export class CircuitOpenError extends DirectoryError {
  override readonly name = 'CircuitOpenError';
  /** Milliseconds until requests are sent again; 0 while one request tests the service. */
  readonly retryAfter: number;

  constructor(retryAfter: number) {
    const seconds = Math.max(1, Math.ceil(retryAfter / 1000));
    super('E_UNAVAILABLE', 'Too many requests failed; no further requests are sent for now.', {
      hint: `Try again in ${seconds} s. If the error persists, check the Microsoft 365 service health.`,
    });
    this.retryAfter = retryAfter;
  }
}
