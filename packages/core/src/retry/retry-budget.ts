import { TimeoutError } from '../errors/timeout-error.ts';
import type { Failure } from './retry-decision.ts';

/**
 * Limits the retries of one application in one tenant, those of all workers together. Each retry takes from the budget
 * and each success adds to it, so that workers do not multiply the load of a service that fails for all of them.
 */
export interface RetryBudget {
  /** Takes one retry after `failure` from the budget. @returns false when the budget is empty */
  spend(failure: Failure): boolean;
  /** Adds to the budget, because a request succeeded. */
  refund(): void;
  /** Restores the budget to its initial size. */
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
