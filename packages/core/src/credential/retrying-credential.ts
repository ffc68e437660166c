import { TokenEndpointError } from '../errors/token-endpoint-error.ts';
import type { DirectoryError } from '../errors/directory-error.ts';
import type { Ports } from '../ports.ts';
import { retryLoop } from '../retry/retry-loop.ts';
import { createRetryBudget } from '../retry/retry-budget.ts';
import {
  defaultRetryPolicy,
  isRetriedStatus,
  type Failure,
  type RetryPolicy,
} from '../retry/retry-decision.ts';
import type { Credential } from './credential.ts';

/**
 * The status of a service that has a bad day decides as it does in the transport. A managed identity's 404 and 410 mean
 * "not yet" and are retried like a 503.
 */
function failureOf(error: DirectoryError): Failure {
  if (!(error instanceof TokenEndpointError) || !error.retryable) return { error };
  const { status, retryAfter } = error;
  return { status: isRetriedStatus(status) ? status : 503, retryAfter };
}

/**
 * Asks again, as the transport does and by its rules, while the identity platform has a bad day. Each attempt reads the
 * proof anew: an assertion that was sent once is not sent twice, and a file that has changed is picked up. No caller's
 * deadline ends it: others may be waiting for the same token.
 */
export function retryingCredential(
  credential: Credential,
  { clock, random, log }: Ports,
  policy: RetryPolicy = defaultRetryPolicy,
): Credential {
  const budget = createRetryBudget();
  return {
    ...credential,
    requestToken: (request) =>
      retryLoop(
        {
          signal: request.signal,
          left: () => Infinity,
          send: () => credential.requestToken(request),
          failureOf,
          pause(wait, { code }, attempt) {
            log('token-retry', { attempt, wait, code });
            return clock.sleep(wait, request.signal);
          },
        },
        { random, log, policy, budget },
      ),
  };
}
