import { CredentialError } from '../../errors/credential-error.ts';
import { TokenEndpointError } from '../../errors/token-endpoint-error.ts';
import type { HttpRequest, Ports } from '../../ports.ts';
import { parseRetryAfter } from '../../retry/retry-after.ts';
import { isRetriedStatus } from '../../retry/retry-decision.ts';

/** Milliseconds. */
const timeout = 30_000;

/**
 * Requests an assertion from the token service of a pipeline and returns `field` of its JSON response.
 * @throws {TokenEndpointError} when the service is unavailable
 * @throws {CredentialError} when the service refuses the request
 */
export async function requestAssertion(
  request: HttpRequest,
  issuer: { readonly name: string; readonly field: string; readonly hint: string },
  ports: Ports,
): Promise<string> {
  const { name, field, hint } = issuer;
  const { status, headers, body } = await ports.dispatch({ timeout, ...request });
  if (isRetriedStatus(status)) {
    throw new TokenEndpointError(
      { status, retryAfter: parseRetryAfter(headers, ports.clock.wall()) },
      { message: `The token service of ${name} is unavailable (status ${status}).` },
    );
  }
  if (status !== 200) {
    throw new CredentialError(
      `The token service of ${name} refused the request (status ${status}).`,
      hint,
    );
  }
  try {
    const response = JSON.parse(Buffer.from(body).toString('utf8')) as Record<string, unknown>;
    const assertion = response[field];
    if (typeof assertion === 'string' && assertion !== '') return assertion;
  } catch {
    // A body that is not JSON is reported below.
  }
  throw new CredentialError(
    `The response of the token service of ${name} contains no token.`,
    hint,
  );
}
