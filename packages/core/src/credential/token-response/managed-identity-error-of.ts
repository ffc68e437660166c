import { CredentialError } from '../../errors/credential-error.ts';
import type { DirectoryError } from '../../errors/directory-error.ts';
import { TokenEndpointError } from '../../errors/token-endpoint-error.ts';
import { TokenRefusedError } from '../../errors/token-refused-error.ts';
import type { HttpResponse } from '../../ports.ts';
import { parseRetryAfter } from '../../retry/retry-after.ts';
import { isRetriedStatus } from '../../retry/retry-decision.ts';
import type { CredentialContext } from '../strategy.ts';
import { safeText } from '../../safe-text.ts';

/** Milliseconds. IMDS responds with 410 during an update of up to 70 s, which is covered by seven retries. */
const updatePause = 10_000;

/**
 * Returns the error for a response of a managed identity endpoint with a status other than 200
 * (https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/how-to-use-vm-token#error-handling).
 */
export function managedIdentityErrorOf(
  response: HttpResponse,
  body: unknown,
  { ports }: CredentialContext,
): DirectoryError {
  const { status, headers } = response;
  if (status === 404 || status === 410 || isRetriedStatus(status)) {
    const requested = parseRetryAfter(headers, ports.clock.wall());
    const retryAfter = status === 410 ? Math.max(requested ?? 0, updatePause) : requested;
    return new TokenEndpointError({ status, retryAfter }, { retryable: true });
  }
  if (typeof body !== 'object' || body === null) {
    return new CredentialError(
      `The managed identity endpoint returned an unexpected response (status ${status}).`,
      'Check that the program runs on Azure and that no proxy or firewall responds in place of the endpoint.',
    );
  }
  const fields: { error?: unknown; error_description?: unknown; message?: unknown } = body;
  const { error, error_description: description = fields.message } = fields;
  return new TokenRefusedError(
    {
      status,
      error: typeof error === 'string' ? error : 'invalid_request',
      description:
        typeof description === 'string'
          ? safeText(description.replaceAll(/\s+/gu, ' ')).slice(0, 300)
          : undefined,
    },
    'Assign the identity to this resource (its page in the portal › Identity), and check the client, object or resource ID in the settings.',
  );
}
