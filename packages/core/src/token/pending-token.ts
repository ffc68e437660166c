import type { AccessToken } from '../credential/access-token.ts';
import { DeadlineError } from '../errors/deadline-error.ts';
import type { DirectoryError } from '../errors/directory-error.ts';
import { TokenEndpointError } from '../errors/token-endpoint-error.ts';
import type { Clock } from '../ports.ts';
import type { Deadline } from '../retry/deadline.ts';
import { untilAborted } from '../until-aborted.ts';

/** How long one caller waits for a token. */
export interface CallerLimits {
  readonly signal?: AbortSignal | undefined;
  readonly deadline?: Deadline | undefined;
  /** The longest wait that the endpoint may ask for, in milliseconds. */
  readonly maxRetryAfter?: number | undefined;
}

/** A token request for which several callers wait, each within its own limits. */
export interface PendingToken {
  readonly token: Promise<AccessToken>;
  /**
   * Waits for the token. The request continues for other callers when this one stops waiting.
   * @throws {DeadlineError} when the deadline passes; at once when the endpoint asks for a wait beyond it
   * @throws {TokenEndpointError} at once when the endpoint asks for a wait beyond `maxRetryAfter`
   */
  wait(limits: CallerLimits): Promise<AccessToken>;
}

/** Called by the credential with each failure that it retries after `wait` milliseconds. */
export type OnRetry = (failure: DirectoryError, wait: number) => void;

/** Returns the error for a caller that does not wait as long as the endpoint asks; undefined if it does. */
function tooLong(
  failure: TokenEndpointError,
  wait: number,
  { deadline, maxRetryAfter = Infinity }: CallerLimits,
): DirectoryError | undefined {
  if (wait >= (deadline?.left() ?? Infinity))
    return new DeadlineError('pause', { retryAfter: wait, cause: failure });
  return wait > maxRetryAfter ? failure.withRetryAfter(wait) : undefined;
}

/**
 * Starts a token request that callers share. The retries of the credential have no deadline of their own, because a
 * caller with more time may need the token; a caller with less learns of each wait, and when it can try again.
 */
export function createPendingToken(
  start: (onRetry: OnRetry) => Promise<AccessToken>,
  clock: Clock,
): PendingToken {
  let lastFailure: DirectoryError | undefined;
  let pause: { readonly failure: TokenEndpointError; readonly until: number } | undefined;
  const waiting = new Set<() => void>();
  const token = start((failure, wait) => {
    lastFailure = failure;
    const isAsked = failure instanceof TokenEndpointError && failure.retryAfter !== undefined;
    pause = isAsked ? { failure, until: clock.monotonic() + wait } : undefined;
    for (const check of waiting) check();
  });
  return {
    token,
    async wait(limits) {
      const { promise, reject } = Promise.withResolvers<never>();
      const check = (): void => {
        const left = pause === undefined ? 0 : pause.until - clock.monotonic();
        if (pause === undefined || left <= 0) return;
        const error = tooLong(pause.failure, left, limits);
        if (error !== undefined) reject(error);
      };
      waiting.add(check);
      check();
      const either = untilAborted(Promise.race([token, promise]), limits.signal);
      try {
        return await (limits.deadline?.bound('token', either, () => lastFailure) ?? either);
      } finally {
        waiting.delete(check);
      }
    },
  };
}
