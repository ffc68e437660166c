import { TimeoutError } from '../errors/timeout-error.ts';
import type { Failure } from './retry-decision.ts';

/**
 * How much retrying one application may do in one tenant, all workers together. Retries are paid from it and
 * successes refill it, so a service that fails for everyone is not asked eight times by everyone.
 */
export interface RetryBudget {
  /** Pays for one retry after `failure`; false when the budget is empty. */
  spend(failure: Failure): boolean;
  /** A request succeeded. */
  refund(): void;
  /** As full as in the beginning. */
  refill(): void;
}

/** The numbers of AWS's SDKs: 500 units, 5 a retry, 10 after a timeout, 1 back for each success. */
const capacity = 500;
const retryCost = 5;
const timeoutCost = 10;

export function createRetryBudget(): RetryBudget {
  let units = capacity;
  return {
    spend(failure) {
      const cost =
        'error' in failure && failure.error instanceof TimeoutError ? timeoutCost : retryCost;
      if (units < cost) return false;
      units -= cost;
      return true;
    },
    refund() {
      units = Math.min(capacity, units + 1);
    },
    refill() {
      units = capacity;
    },
  };
}
