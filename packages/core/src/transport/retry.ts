import { DeadlineError } from '../errors/deadline-error.ts';
import { DirectoryError } from '../errors/directory-error.ts';
import { ThrottledError } from '../errors/throttled-error.ts';
import { UnavailableError } from '../errors/unavailable-error.ts';
import type { Clock, Log, Random } from '../ports.ts';
import type { Gate } from './gate.ts';
import type { RetryBudget } from './retry-budget.ts';
import { decideRetry, type Failure, type RetryPolicy } from './retry-decision.ts';
import type { Question, Send } from './send.ts';
import { Settled } from './settled.ts';

export interface RetryOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly policy: RetryPolicy;
  readonly budget: RetryBudget;
  readonly gate: Gate;
}

function failureOf(error: DirectoryError): Failure {
  return error instanceof ThrottledError || error instanceof UnavailableError
    ? { status: error.status, retryAfter: error.retryAfter }
    : { error };
}

/**
 * Asks again where that can help: the only place that does. What the service asks for is waited at the gate,
 * where every other worker of this tenant waits too.
 */
export function retry(next: Send, options: RetryOptions): Send {
  const { clock, random, log, policy, budget, gate } = options;

  async function passGate<Answer>(question: Question<Answer>): Promise<void> {
    const start = clock.monotonic();
    // Again and again: another worker may have been told to wait longer meanwhile.
    while (gate.left() > 0) {
      if (gate.left() >= question.deadline.left()) throw new DeadlineError('pause');
      await clock.sleep(gate.left(), question.signal);
    }
    if (question.tally !== undefined) question.tally.throttledMs += clock.monotonic() - start;
  }

  return async <Answer>(question: Question<Answer>): Promise<Answer> => {
    for (let attempt = 1; ; attempt += 1) {
      question.signal?.throwIfAborted();
      await passGate(question);
      try {
        const answer = await next(question);
        budget.refund();
        return answer;
      } catch (error) {
        question.signal?.throwIfAborted();
        if (error instanceof Settled) throw error.reason;
        if (!(error instanceof DirectoryError)) throw error;
        error.attempts = attempt;
        const failure = failureOf(error);
        const decision = decideRetry({
          failure,
          attempt,
          policy,
          random: random(),
          remaining: question.deadline.left(),
          spend: () => budget.spend(failure),
        });
        if (!decision.retry) {
          if (decision.why === 'final') throw error;
          log('warn', 'gave-up', { why: decision.why, attempt, code: error.code });
          if (decision.why === 'deadline')
            throw new DeadlineError(question.deadline.left() > 0 ? 'pause' : 'answer', {
              attempts: attempt,
              cause: error,
            });
          throw error;
        }
        const throttled = error instanceof ThrottledError;
        log(throttled ? 'warn' : 'info', throttled ? 'throttled' : 'retrying', {
          wait: decision.wait,
          attempt,
          code: error.code,
          requestId: error.requestId,
        });
        if (question.tally !== undefined) question.tally.retries += 1;
        if (throttled || ('retryAfter' in failure && failure.retryAfter !== undefined))
          gate.shut(decision.wait);
        else await clock.sleep(decision.wait, question.signal);
      }
    }
  };
}
