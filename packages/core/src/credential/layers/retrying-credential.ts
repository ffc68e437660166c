import { TokenEndpointError } from '../../errors/token-endpoint-error.ts';
import type { DirectoryError } from '../../errors/directory-error.ts';
import type { Ports } from '../../ports.ts';
import { retryLoop } from '../../retry/retry-loop.ts';
import { createRetryBudget } from '../../retry/retry-budget.ts';
import {
  defaultRetryPolicy,
  isRetriedStatus,
  type Failure,
  type RetryPolicy,
} from '../../retry/retry-decision.ts';
import type { Credential } from '../credential.ts';

/**
 * Token requests are retried by the same status codes as Graph requests. The 404 and 410 of a managed identity
 * endpoint are temporary as well and are retried like a 503.
 */
function failureOf(error: DirectoryError): Failure {
  if (!(error instanceof TokenEndpointError) || !error.retryable) return { error };
  const { status, retryAfter } = error;
  return { status: isRetriedStatus(status) ? status : 503, retryAfter };
}

/**
 * Returns a credential that retries while the identity platform is unavailable. Each attempt reads the credential
 * again: an assertion is not sent twice, and a changed file is used. A deadline of one caller does not stop the
 * retries, because other callers can wait for the same token.
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
          pause(wait, failure, attempt) {
            request.onRetry?.(failure, wait);
            log('token-retry', { attempt, wait, code: failure.code });
            return clock.sleep(wait, request.signal);
          },
        },
        { random, log, policy, budget },
      ),
  };
}
