import type { Secret } from '../secret.ts';

/** A token as the service gave it, with its lifetime in our own clocks. */
export interface AccessToken {
  readonly token: Secret;
  /** When it ends, by `Clock.monotonic()`, counted from its receipt: immune to a wrong wall clock. */
  readonly expiresAt: number;
  /** When to get the next one in the background, by `Clock.monotonic()`; at least 300 s before the end. */
  readonly refreshAt: number;
  /** When it ends, by `Clock.wall()`: for people, and for Azure SDKs. */
  readonly expiresOnTimestamp: number;
}

export interface TokenRequest {
  readonly scopes: readonly string[];
  /** Claims challenge to satisfy, as decoded JSON text; such a token is never served from a cache. */
  readonly claims?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}
