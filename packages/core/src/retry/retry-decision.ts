import { NetworkError } from '../errors/network-error.ts';
import { ProxyError } from '../errors/proxy-error.ts';
import { DirectoryError } from '../errors/directory-error.ts';

/** Durations in milliseconds. */
export interface RetryPolicy {
  /** Requests in all, the first one included. */
  readonly attempts: number;
  readonly base: number;
  readonly ceiling: number;
  /** The longest wait that we accept from the service. */
  readonly maxRetryAfter: number;
}

export const defaultRetryPolicy: RetryPolicy = {
  attempts: 8,
  base: 500,
  ceiling: 30_000,
  maxRetryAfter: 300_000,
};

/** Why the last attempt failed: a status, or an error that {@link DirectoryError.retryable} describes. */
export type Failure =
  | { readonly status: number; readonly retryAfter?: number | undefined }
  | { readonly error: unknown };

export type RetryDecision =
  | {
      readonly retry: true;
      /** Milliseconds. */
      readonly wait: number;
      /** How many attempts this failure is given, the first one included. */
      readonly attempts: number;
    }
  | { readonly retry: false; readonly why: RefusalReason };

export type RefusalReason = 'final' | 'attempts' | 'retry-after' | 'deadline' | 'budget';

export interface RetryContext {
  readonly failure: Failure;
  /** Requests sent so far, at least 1. */
  readonly attempt: number;
  readonly policy: RetryPolicy;
  /** In [0, 1). */
  readonly random: number;
  /** Until the deadline, in milliseconds; Infinity without one. */
  readonly remaining: number;
  /** Whether the {@link RetryBudget} gave a retry away. Asked last, so that refusals cost nothing. */
  readonly spend: () => boolean;
}

const retriedStatuses: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504]);

/**
 * Errors of a kept-alive connection that the server closed while it was idle. They do not mean that the service is
 * unavailable, so that one new connection is opened without a wait.
 */
const staleConnection: ReadonlySet<string> = new Set(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE']);

/** A name that was never found is more likely mistyped than new: three retries, not seven. */
const attemptsForUnknownName = 4;

export function isRetriedStatus(status: number): boolean {
  return retriedStatuses.has(status);
}

function attemptsFor(failure: Failure, policy: RetryPolicy): number {
  if ('status' in failure) return isRetriedStatus(failure.status) ? policy.attempts : 1;
  const { error } = failure;
  if (!(error instanceof DirectoryError) || !error.retryable) return 1;
  const isUnknown =
    (error instanceof NetworkError || error instanceof ProxyError) && error.reason === 'ENOTFOUND';
  return isUnknown ? Math.min(attemptsForUnknownName, policy.attempts) : policy.attempts;
}

function isStale(failure: Failure, attempt: number): boolean {
  return (
    attempt === 1 &&
    'error' in failure &&
    failure.error instanceof NetworkError &&
    staleConnection.has(failure.error.reason)
  );
}

/** Full jitter between the base and a ceiling that doubles with each attempt; never under the base. */
export function backoff(attempt: number, policy: RetryPolicy, random: number): number {
  const ceiling = Math.min(policy.ceiling, policy.base * 2 ** attempt);
  return Math.max(policy.base, Math.round(random * ceiling));
}

/**
 * Decides whether and when a request is retried. `Retry-After` is a minimum, because Graph counts requests before its
 * end against the limit: the wait is up to a tenth longer, or there is no retry if it exceeds the accepted maximum.
 */
export function decideRetry(context: RetryContext): RetryDecision {
  const { failure, attempt, policy, random, remaining } = context;
  const attempts = attemptsFor(failure, policy);
  if (attempts === 1) return { retry: false, why: 'final' };
  if (attempt >= attempts) return { retry: false, why: 'attempts' };
  const asked = 'status' in failure ? (failure.retryAfter ?? 0) : 0;
  if (asked > policy.maxRetryAfter) return { retry: false, why: 'retry-after' };
  const wait = isStale(failure, attempt)
    ? 0
    : Math.max(Math.ceil(asked * (1 + random / 10)), backoff(attempt, policy, random));
  if (wait >= remaining) return { retry: false, why: 'deadline' };
  if (!context.spend()) return { retry: false, why: 'budget' };
  return { retry: true, wait, attempts };
}
