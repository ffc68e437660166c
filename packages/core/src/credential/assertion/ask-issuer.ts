import { CredentialError } from '../../errors/credential-error.ts';
import { DirectoryError } from '../../errors/directory-error.ts';
import type { HttpRequest, Ports } from '../../ports.ts';
import { isRetriedStatus } from '../../retry/retry-decision.ts';

const timeout = 30_000;

/**
 * Asks a pipeline's own token service for an assertion and takes `field` of its JSON answer.
 * @throws {DirectoryError} E_UNAVAILABLE when it has a bad day, E_CREDENTIAL when it declines
 */
export async function askIssuer(
  request: HttpRequest,
  issuer: { readonly name: string; readonly field: string; readonly hint: string },
  ports: Ports,
): Promise<string> {
  const { name, field, hint } = issuer;
  const { status, body } = await ports.dispatch({ timeout, ...request });
  if (isRetriedStatus(status)) {
    throw new DirectoryError('E_UNAVAILABLE', `The token service of ${name} answered ${status}.`, {
      hint: 'Try again in some minutes.',
    });
  }
  if (status !== 200) {
    throw new CredentialError(`The token service of ${name} declined (${status}).`, hint);
  }
  try {
    const answer = JSON.parse(Buffer.from(body).toString('utf8')) as Record<string, unknown>;
    const assertion = answer[field];
    if (typeof assertion === 'string' && assertion !== '') return assertion;
  } catch {
    // Said below, whatever it was instead.
  }
  throw new CredentialError(`The token service of ${name} gave no token.`, hint);
}
