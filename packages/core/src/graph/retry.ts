import { DirectoryError } from '../errors/directory-error.ts';
import { ThrottledError } from '../errors/throttled-error.ts';
import { UnavailableError } from '../errors/unavailable-error.ts';
import type { Ports } from '../ports.ts';
import { retryLoop } from '../retry/retry-loop.ts';
import type { CircuitBreaker } from '../retry/circuit-breaker.ts';
import type { Pacing } from './pacing.ts';
import type { Failure, RetryPolicy } from '../retry/retry-decision.ts';
import type { GraphRequest, Send, SendAttempt } from './graph-request.ts';

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

/** Whether the service asks to wait, by its status or by a `Retry-After` header. */
function asksToWait(error: unknown): error is ThrottledError | UnavailableError {
  return (
    error instanceof ThrottledError ||
    (error instanceof UnavailableError && error.retryAfter !== undefined)
  );
}

/**
 * Retries failed requests to Graph; no other layer does. A wait that the service asks for is passed to the pacing, so
 * that every other request to this tenant waits too, also when this request is given up.
 */
export function retry(next: SendAttempt, options: RetryOptions): Send {
  const { clock, log, circuitBreaker, pacing } = options;

  return async <Result>(request: GraphRequest<Result>): Promise<Result> => {
    const { deadline, signal, metrics, maxRetryAfter = Infinity } = request;
    const policy = {
      ...options.policy,
      maxRetryAfter: Math.min(options.policy.maxRetryAfter, maxRetryAfter),
    };
    let sentAt = 0;
    let attempts = 0;

    async function send(): Promise<Result> {
      circuitBreaker.check();
      using turn = await pacing.turn(deadline, signal, policy.maxRetryAfter);
      ({ sentAt } = turn);
      if (metrics !== undefined) metrics.throttledMs += turn.waited;
      attempts += 1;
      try {
        return await circuitBreaker.guard(() => next(request, attempts));
      } catch (error) {
        if (error instanceof DirectoryError) error.attempts = 1;
        const retryAfter = asksToWait(error) ? (error.retryAfter ?? 0) : 0;
        // Also when this call does not wait so long: a request of another call would be refused before the end.
        if (retryAfter > 0 && retryAfter <= options.policy.maxRetryAfter)
          pacing.hold(retryAfter, sentAt);
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
        send,
        shouldStop: request.shouldStop,
        failureOf,
        pause,
      },
      { ...options, policy, budget: circuitBreaker },
    );
  };
}
