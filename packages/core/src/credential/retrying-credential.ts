import { DirectoryError } from '../errors/directory-error.ts';
import { TokenEndpointError } from '../errors/token-endpoint-error.ts';
import type { Ports } from '../ports.ts';
import { createRetryBudget } from '../transport/retry-budget.ts';
import {
  decideRetry,
  defaultRetryPolicy,
  isRetriedStatus,
  type Failure,
  type RetryPolicy,
} from '../transport/retry-decision.ts';
import type { Credential } from './credential.ts';

/**
 * The status of a service that has a bad day decides as it does in the transport. A managed identity's 404 and 410 mean
 * "not yet" and are retried like a 503.
 */
function failureOf(error: unknown): Failure {
  if (!(error instanceof TokenEndpointError) || !error.retryable) return { error };
  const { status, retryAfter } = error;
  return { status: isRetriedStatus(status) ? status : 503, retryAfter };
}

/**
 * Asks again, as the transport does and by its rules, while the identity platform has a bad day. Each attempt reads the
 * proof anew: an assertion that was sent once is not sent twice, and a file that has changed is picked up.
 */
export function retryingCredential(
  credential: Credential,
  { clock, random, log }: Ports,
  policy: RetryPolicy = defaultRetryPolicy,
): Credential {
  const budget = createRetryBudget();
  return {
    ...credential,
    async requestToken(request) {
      for (let attempt = 1; ; attempt += 1) {
        try {
          const token = await credential.requestToken(request);
          budget.refund();
          return token;
        } catch (error) {
          request.signal?.throwIfAborted();
          const failure = failureOf(error);
          const decision = decideRetry({
            failure,
            attempt,
            policy,
            random: random(),
            remaining: Number.POSITIVE_INFINITY,
            spend: () => budget.spend(failure),
          });
          if (!decision.retry) throw error;
          log('info', 'token-retry', {
            attempt,
            wait: decision.wait,
            code: error instanceof DirectoryError ? error.code : undefined,
          });
          await clock.sleep(decision.wait, request.signal);
        }
      }
    },
  };
}
