import { DirectoryError } from '../errors/directory-error.ts';
import { ThrottledError } from '../errors/throttled-error.ts';
import { UnavailableError } from '../errors/unavailable-error.ts';
import type { Ports } from '../ports.ts';
import { askAgain } from '../retry/retry-loop.ts';
import type { Breaker } from '../retry/circuit-breaker.ts';
import type { Pace } from './pacing.ts';
import type { Failure, RetryPolicy } from '../retry/retry-decision.ts';
import type { Question, Send } from './graph-request.ts';

export interface RetryOptions extends Pick<Ports, 'clock' | 'random' | 'log'> {
  readonly policy: RetryPolicy;
  readonly breaker: Breaker;
  readonly pace: Pace;
}

function failureOf(error: DirectoryError): Failure {
  return error instanceof ThrottledError || error instanceof UnavailableError
    ? { status: error.status, retryAfter: error.retryAfter }
    : { error };
}

/** Whether the service told us to wait, by its status or by a time. */
function asksToWait(error: unknown): error is ThrottledError | UnavailableError {
  return (
    error instanceof ThrottledError ||
    (error instanceof UnavailableError && error.retryAfter !== undefined)
  );
}

/**
 * Asks again where that can help: the only place that does, for Graph. What the service asks for is waited at the pace,
 * where every other worker of this tenant waits too, also when this one gives up.
 */
export function retry(next: Send, options: RetryOptions): Send {
  const { clock, log, policy, breaker, pace } = options;

  return async <Answer>(question: Question<Answer>): Promise<Answer> => {
    const { deadline, signal, tally } = question;
    let sentAt = 0;

    async function ask(): Promise<Answer> {
      breaker.check();
      using turn = await pace.turn(deadline, signal);
      ({ sentAt } = turn);
      if (tally !== undefined) tally.throttledMs += turn.waited;
      try {
        return await breaker.guard(() => next(question));
      } catch (error) {
        if (error instanceof DirectoryError) error.attempts = 1;
        const asked = asksToWait(error) ? (error.retryAfter ?? 0) : 0;
        if (asked > 0 && asked <= policy.maxRetryAfter) pace.hold(asked, sentAt);
        throw error;
      }
    }

    async function pause(wait: number, error: DirectoryError, attempt: number): Promise<void> {
      const throttled = error instanceof ThrottledError;
      log(throttled ? 'warn' : 'info', throttled ? 'throttled' : 'retrying', {
        wait,
        attempt,
        code: error.code,
        requestId: error.requestId,
      });
      if (tally !== undefined) tally.retries += 1;
      if (asksToWait(error)) pace.hold(wait, sentAt);
      else await clock.sleep(wait, signal);
    }

    return askAgain(
      {
        signal,
        left: () => deadline.left(),
        ask,
        triedEnough: question.triedEnough,
        failureOf,
        pause,
      },
      { ...options, budget: breaker },
    );
  };
}
