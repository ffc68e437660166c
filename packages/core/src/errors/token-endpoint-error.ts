import { DirectoryError, type ErrorFacts } from './directory-error.ts';

/** A response of the token endpoint that is neither a token nor an OAuth error. */
export interface EndpointResponse {
  readonly status: number;
  /** How long the endpoint asks to wait, in milliseconds. */
  readonly retryAfter?: number | undefined;
}

/** The identity platform is throttling, is unavailable, or an error page came in place of its response. */
export class TokenEndpointError extends DirectoryError {
  override readonly name = 'TokenEndpointError';
  readonly status: number;
  readonly retryAfter: number | undefined;

  constructor(
    { status, retryAfter }: EndpointResponse,
    { message, ...facts }: Partial<ErrorFacts> & { readonly message?: string } = {},
  ) {
    const isThrottled = status === 429;
    const later =
      facts.retryable === false
        ? 'Check the authority, and look for a proxy or gateway that responds in its place.'
        : 'Try again in a few minutes. The Microsoft 365 and Azure status pages report outages.';
    super(
      isThrottled ? 'E_THROTTLED' : 'E_UNAVAILABLE',
      message ??
        (isThrottled
          ? 'The identity platform throttles this application (429).'
          : `The identity platform returned neither a token nor an error (status ${status}).`),
      {
        hint: isThrottled
          ? 'Wait a few minutes. Processes that share one token cache (`tokenCache`) request fewer tokens.'
          : later,
        ...facts,
      },
    );
    this.status = status;
    this.retryAfter = retryAfter;
  }

  /**
   * Returns the same error for a caller that meets the wait later.
   * @param retryAfter the rest of the wait, in milliseconds
   *
   * @example
   * throw failure.withRetryAfter(until - clock.monotonic());
   */
  withRetryAfter(retryAfter: number): TokenEndpointError {
    const { status, message, hint, retryable, requestId, attempts } = this;
    return new TokenEndpointError(
      { status, retryAfter },
      { message, hint, retryable, requestId, attempts },
    );
  }
}
