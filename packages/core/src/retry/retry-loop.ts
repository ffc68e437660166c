import { DeadlineError } from '../errors/deadline-error.ts';
import { DirectoryError } from '../errors/directory-error.ts';
import type { Ports } from '../ports.ts';
import type { RetryBudget } from './retry-budget.ts';
import { decideRetry, type Failure, type RetryPolicy } from './retry-decision.ts';
import { FinalError } from './final-error.ts';

/** One question, as far as asking it again is concerned. */
export interface RetryTask<Result> {
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds left for all attempts together. */
  left(): number;
  /** One attempt. */
  ask(): Promise<Result>;
  /** Whether there is something better to do than to ask once more. */
  readonly shouldStop?: ((error: unknown, attempt: number) => boolean) | undefined;
  /** What an error says about the chances of another attempt. */
  failureOf(error: DirectoryError): Failure;
  /** Waits before the next attempt. */
  pause(wait: number, error: DirectoryError, attempt: number): Promise<void>;
}

export interface RetryLoopOptions extends Pick<Ports, 'random' | 'log'> {
  readonly policy: RetryPolicy;
  readonly budget: Pick<RetryBudget, 'spend' | 'refund'>;
}

/**
 * Asks until there is an answer or a reason to stop: the one loop around {@link decideRetry}, for Graph and for the identity
 * platform.
 */
export async function retryLoop<Result>(
  asking: RetryTask<Result>,
  { random, log, policy, budget }: RetryLoopOptions,
): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    asking.signal?.throwIfAborted();
    try {
      const answer = await asking.ask();
      budget.refund();
      return answer;
    } catch (error) {
      asking.signal?.throwIfAborted();
      if (error instanceof FinalError) throw error.reason;
      if (!(error instanceof DirectoryError)) throw error;
      // A first attempt may have failed before anything was sent: whoever sends knows.
      if (attempt > 1) error.attempts = attempt;
      if (asking.shouldStop?.(error, attempt) === true) throw error;
      const failure = asking.failureOf(error);
      const decision = decideRetry({
        failure,
        attempt,
        policy,
        random: random(),
        remaining: asking.left(),
        spend: () => budget.spend(failure),
      });
      if (!decision.retry) {
        const { why } = decision;
        if (why !== 'final') log('retries-exhausted', { reason: why, attempt, code: error.code });
        if (why !== 'deadline') throw error;
        const waitedFor = asking.left() > 0 ? 'pause' : 'answer';
        throw new DeadlineError(waitedFor, { attempts: attempt, cause: error });
      }
      await asking.pause(decision.wait, error, attempt);
    }
  }
}
