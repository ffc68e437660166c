import { CircuitOpenError } from '../errors/circuit-open-error.ts';
import { DirectoryError } from '../errors/directory-error.ts';
import { ThrottledError } from '../errors/throttled-error.ts';
import type { Log } from '../events.ts';
import type { Clock } from '../ports.ts';
import type { RetryBudget } from './retry-budget.ts';
import { FinalError, throwFinal } from './final-error.ts';

/**
 * Opens the circuit when the retry budget is used up: requests then fail at once. After a pause, one request tests
 * whether the service is available again.
 */
export interface CircuitBreaker extends Pick<RetryBudget, 'spend' | 'refund'> {
  /** Sends, where that is allowed. @throws {FinalError} with a {@link CircuitOpenError} where it is not */
  guard<Result>(send: () => Promise<Result>): Promise<Result>;
  /** Throws what `guard` would throw, without sending: for a caller that would wait before it sends. */
  check(): void;
}

/** How long a service is left alone, in milliseconds: the longest backoff. */
const rest = 30_000;

/** What the probe found: nothing, when its caller went away before the answer. */
type Finding = 'well' | 'ill' | 'nothing';

function findingOf(error: unknown): Finding {
  if (!(error instanceof DirectoryError)) return 'nothing';
  // A 404 or a throttle is an answer.
  return error.retryable && !(error instanceof ThrottledError) ? 'ill' : 'well';
}

export function createCircuitBreaker(budget: RetryBudget, clock: Clock, log: Log): CircuitBreaker {
  /** Undefined while all is well. */
  let openUntil: number | undefined;
  let probing = false;

  function open(): void {
    if (openUntil === undefined) log('circuit-open', { wait: rest });
    openUntil = clock.monotonic() + rest;
  }

  function close(): void {
    log('circuit-closed', {});
    openUntil = undefined;
    budget.refill();
  }

  function check(): void {
    if (openUntil === undefined) return;
    const left = openUntil - clock.monotonic();
    if (left > 0 || probing) throwFinal(new CircuitOpenError(Math.max(left, 0)));
  }

  async function probe<Result>(send: () => Promise<Result>): Promise<Result> {
    probing = true;
    let finding: Finding = 'nothing';
    try {
      const answer = await send();
      finding = 'well';
      return answer;
    } catch (error) {
      finding = error instanceof FinalError ? 'nothing' : findingOf(error);
      throw error;
    } finally {
      probing = false;
      if (finding === 'well') close();
      if (finding === 'ill') open();
    }
  }

  return {
    check,
    guard(send) {
      check();
      return openUntil === undefined ? send() : probe(send);
    },
    spend(failure) {
      if (budget.spend(failure)) return true;
      // Throttled is not ill: that has its own pacing.
      if (!('status' in failure) || failure.status !== 429) open();
      return false;
    },
    refund: () => budget.refund(),
  };
}
