import type { DirectoryError } from '../errors/directory-error.ts';
import type { Secret } from '../secret.ts';

/** An access token with its lifetime on the clocks of this process. */
export interface AccessToken {
  readonly token: Secret;
  /** When the token expires, by `Clock.monotonic()`: a wrong system clock does not change it. */
  readonly expiresAt: number;
  /** When to request the next token in the background, by `Clock.monotonic()`. */
  readonly refreshAt: number;
  /** When the token expires, in milliseconds since 1970 by `Clock.wall()`; for messages and for Azure SDKs. */
  readonly expiresOnTimestamp: number;
}

export interface TokenRequest {
  readonly scopes: readonly string[];
  /** Claims challenge to satisfy, as decoded JSON text; such a token is never served from a cache. */
  readonly claims?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called with each failure that is retried, and how long the retry waits, in milliseconds. */
  readonly onRetry?: ((failure: DirectoryError, wait: number) => void) | undefined;
}
