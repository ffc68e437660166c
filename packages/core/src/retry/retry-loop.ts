import { DeadlineError } from '../errors/deadline-error.ts';
import { DirectoryError } from '../errors/directory-error.ts';
import type { Ports } from '../ports.ts';
import { FinalError } from './final-error.ts';
import type { RetryBudget } from './retry-budget.ts';
import { decideRetry, type Failure, type RetryPolicy } from './retry-decision.ts';

/** One operation that can be retried. */
export interface RetryTask<Result> {
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds left for all attempts together. */
  left(): number;
  /** Makes one attempt. */
  send(): Promise<Result>;
  /** Whether the caller prefers the error over another attempt. */
  readonly shouldStop?: ((error: unknown, attempt: number) => boolean) | undefined;
  /** Classifies an error for the decision about another attempt. */
  failureOf(error: DirectoryError): Failure;
  /** Waits before the next attempt. */
  pause(wait: number, error: DirectoryError, attempt: number): Promise<void>;
}

export interface RetryLoopOptions extends Pick<Ports, 'random' | 'log'> {
  readonly policy: RetryPolicy;
  readonly budget: Pick<RetryBudget, 'spend' | 'refund'>;
}

/**
 * Repeats a task until it succeeds, or until there is a reason to stop. It is the only loop around {@link decideRetry},
 * for requests to Graph and to the identity platform.
 * @throws {DeadlineError} when the deadline passes, or would pass before the next attempt; otherwise the last error
 */
export async function retryLoop<Result>(
  task: RetryTask<Result>,
  { random, log, policy, budget }: RetryLoopOptions,
): Promise<Result> {
  let lastFailure: DirectoryError | undefined;
  for (let attempt = 1; ; attempt += 1) {
    task.signal?.throwIfAborted();
    try {
      const result = await task.send();
      budget.refund();
      return result;
    } catch (error) {
      task.signal?.throwIfAborted();
      const reason: unknown = error instanceof FinalError ? error.reason : error;
      // The deadline is that of all attempts.
      if (reason instanceof DeadlineError) throw reason.after(lastFailure, attempt);
      if (error instanceof FinalError) throw reason;
      if (!(error instanceof DirectoryError)) throw error;
      // The first attempt can fail before anything is sent; the sender has set its number then.
      if (attempt > 1) error.attempts = attempt;
      if (task.shouldStop?.(error, attempt) === true) throw error;
      const failure = task.failureOf(error);
      const decision = decideRetry({
        failure,
        attempt,
        policy,
        random: random(),
        remaining: task.left(),
        spend: () => budget.spend(failure),
      });
      if (!decision.retry) {
        const { why } = decision;
        if (why !== 'final') log('retries-exhausted', { reason: why, attempt, code: error.code });
        if (why !== 'deadline') throw error;
        const waitedFor = task.left() > 0 ? 'pause' : 'answer';
        const asked = 'retryAfter' in failure ? failure.retryAfter : undefined;
        throw new DeadlineError(waitedFor, {
          attempts: attempt,
          cause: error,
          ...(asked === undefined ? {} : { retryAfter: asked }),
        });
      }
      lastFailure = error;
      // Otherwise nothing is reported for up to a minute. A stale connection is replaced at once, and is not reported.
      if (attempt === 1 && 'error' in failure && decision.wait > 0)
        log('connection-failed', {
          code: error.code,
          message: error.message,
          attempt: 2,
          attempts: decision.attempts,
          wait: decision.wait,
        });
      await task.pause(decision.wait, error, attempt);
    }
  }
}
