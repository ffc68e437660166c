import { CredentialError } from '../../errors/credential-error.ts';
import type { DirectoryError } from '../../errors/directory-error.ts';
import { TokenEndpointError } from '../../errors/token-endpoint-error.ts';
import { TokenRefusedError } from '../../errors/token-refused-error.ts';
import type { HttpResponse } from '../../ports.ts';
import { parseRetryAfter } from '../../retry/retry-after.ts';
import { isRetriedStatus } from '../../retry/retry-decision.ts';
import type { CredentialContext } from '../strategy.ts';

/** "Update running, up to 70 s" (Azure's page on IMDS errors): seven retries of ten seconds see it through. */
const updatePause = 10_000;

/** What an answer other than 200 of a managed identity's endpoint means. */
export function managedIdentityRefusal(
  response: HttpResponse,
  body: unknown,
  { ports }: CredentialContext,
): DirectoryError {
  const { status, headers } = response;
  if (status === 404 || status === 410 || isRetriedStatus(status)) {
    const asked = parseRetryAfter(headers, ports.clock.wall());
    const retryAfter = status === 410 ? Math.max(asked ?? 0, updatePause) : asked;
    return new TokenEndpointError({ status, retryAfter }, { retryable: true });
  }
  if (typeof body !== 'object' || body === null) {
    return new CredentialError(
      `What answers at the managed identity's address is no managed identity (${status}).`,
      'Check that this runs on Azure and that no proxy or firewall answers in its place.',
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
          ? description.replaceAll(/\p{Cc}+/gu, ' ').slice(0, 300)
          : undefined,
    },
    'Assign the identity to this resource (its page › Identity), and check the client, object or resource id that the settings name.',
  );
}
