import { DirectoryError, type ErrorFacts } from './directory-error.ts';

/** What the token endpoint answered instead of a verdict. */
export interface EndpointTrouble {
  readonly status: number;
  /** How long it asks us to wait, in milliseconds. */
  readonly retryAfter?: number | undefined;
}

/**
 * The identity platform answered, but neither gave a token nor refused one: throttled, down, or an error page
 * in its place. `status` and `retryAfter` are the answer's own.
 */
export class TokenEndpointError extends DirectoryError {
  override readonly name = 'TokenEndpointError';
  readonly status: number;
  readonly retryAfter: number | undefined;

  constructor({ status, retryAfter }: EndpointTrouble, facts: Partial<ErrorFacts> = {}) {
    const throttled = status === 429;
    const later =
      facts.retryable === false
        ? 'Check the authority, and look for a proxy or gateway that answers in its place.'
        : 'Try again in some minutes; the Microsoft 365 and Azure status pages tell of outages.';
    super(
      throttled ? 'E_THROTTLED' : 'E_UNAVAILABLE',
      throttled
        ? 'The identity platform throttles this application (429).'
        : `The identity platform gave no verdict on the token request (${status}).`,
      {
        hint: throttled
          ? 'Wait some minutes; share one token cache between processes (`tokenCache`) so that fewer tokens are asked for.'
          : later,
        ...facts,
      },
    );
    this.status = status;
    this.retryAfter = retryAfter;
  }
}
