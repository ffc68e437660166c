import { DirectoryError } from '../errors/directory-error.ts';
import { ThrottledError } from '../errors/throttled-error.ts';
import { UnavailableError } from '../errors/unavailable-error.ts';
import type { Ports } from '../ports.ts';
import { retryLoop } from '../retry/retry-loop.ts';
import type { CircuitBreaker } from '../retry/circuit-breaker.ts';
import type { Pacing } from './pacing.ts';
import type { Failure, RetryPolicy } from '../retry/retry-decision.ts';
import type { GraphRequest, Send } from './graph-request.ts';

export interface RetryOptions extends Pick<Ports, 'clock' | 'random' | 'log'> {
  readonly policy: RetryPolicy;
  readonly circuitBreaker: CircuitBreaker;
  readonly pacing: Pacing;
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
 * Asks again where that can help: the only place that does, for Graph. What the service asks for is waited at the pacing,
 * where every other worker of this tenant waits too, also when this one gives up.
 */
export function retry(next: Send, options: RetryOptions): Send {
  const { clock, log, policy, circuitBreaker, pacing } = options;

  return async <Result>(request: GraphRequest<Result>): Promise<Result> => {
    const { deadline, signal, metrics } = request;
    let sentAt = 0;

    async function ask(): Promise<Result> {
      circuitBreaker.check();
      using turn = await pacing.turn(deadline, signal);
      ({ sentAt } = turn);
      if (metrics !== undefined) metrics.throttledMs += turn.waited;
      try {
        return await circuitBreaker.guard(() => next(request));
      } catch (error) {
        if (error instanceof DirectoryError) error.attempts = 1;
        const asked = asksToWait(error) ? (error.retryAfter ?? 0) : 0;
        if (asked > 0 && asked <= policy.maxRetryAfter) pacing.hold(asked, sentAt);
        throw error;
      }
    }

    async function pause(wait: number, error: DirectoryError, attempt: number): Promise<void> {
      const throttled = error instanceof ThrottledError;
      log(throttled ? 'throttled' : 'retrying', {
        wait,
        attempt,
        code: error.code,
        requestId: error.requestId,
      });
      if (metrics !== undefined) metrics.retries += 1;
      if (asksToWait(error)) pacing.hold(wait, sentAt);
      else await clock.sleep(wait, signal);
    }

    return retryLoop(
      {
        signal,
        left: () => deadline.left(),
        ask,
        shouldStop: request.shouldStop,
        failureOf,
        pause,
      },
      { ...options, budget: circuitBreaker },
    );
  };
}
