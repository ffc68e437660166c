import { compactVerify, importJWK, type JWK } from 'jose';

import type { Application, FederatedCredential } from '../tenant/application.ts';
import { checkDates, decodeAssertion } from './client-assertion.ts';
import type { TrustedIssuer } from './federated-issuer.ts';
import { TokenRefusal, type RefusalName } from '../refusal/token-refusal.ts';

export const defaultAudience = 'api://AzureADTokenExchange';

export interface FederationRules {
  /** The keys of an issuer, or undefined where they are not known. */
  issuer(name: string): Promise<TrustedIssuer | undefined>;
  readonly now: Date;
  /** Say which field did not match (700211, 700212, 700213) in place of 70021. */
  readonly namesField: boolean;
}

interface Presented {
  readonly issuer: string;
  readonly subject: string;
  readonly audiences: readonly string[];
}

/** Which field is to blame: the first in which no credential agrees. All are compared to the letter. */
function mismatch(
  credentials: readonly FederatedCredential[],
  { issuer, subject, audiences }: Presented,
): RefusalName | undefined {
  const sameIssuer = credentials.filter((credential) => credential.issuer === issuer);
  if (sameIssuer.length === 0) return 'federatedIssuer';
  const sameSubject = sameIssuer.filter((credential) => credential.subject === subject);
  if (sameSubject.length === 0) return 'federatedSubject';
  return sameSubject.some(({ audience = defaultAudience }) => audiences.includes(audience))
    ? undefined
    : 'federatedAudience';
}

/**
 * Verifies an assertion of an outside issuer against the application's federated credentials and the issuer's keys.
 * @throws {TokenRefusal}
 */
export async function checkFederatedAssertion(
  application: Application,
  assertion: string,
  rules: FederationRules,
): Promise<void> {
  const { header, payload } = decodeAssertion(assertion);
  const presented = {
    issuer: payload.iss ?? '',
    subject: payload.sub ?? '',
    audiences: [payload.aud ?? []].flat(),
  };
  const wrong = mismatch(application.federated ?? [], presented);
  if (wrong !== undefined)
    throw new TokenRefusal(rules.namesField ? wrong : 'federatedMismatch', {
      issuer: presented.issuer,
      subject: presented.subject,
      audience: presented.audiences.join(' '),
    });
  const issuer = await rules.issuer(presented.issuer);
  // Entra reads an issuer's keys over the network; here they are registered or there are none.
  if (issuer === undefined) throw new TokenRefusal('federatedIssuerSilent');
  const key = issuer.keys.find(({ kid }) => kid === header.kid);
  if (key === undefined) throw new TokenRefusal('unknownAssertionKey', { thumbprint: '' });
  try {
    await compactVerify(assertion, await importJWK(key as JWK, 'RS256'), {
      algorithms: ['RS256'],
    });
  } catch {
    throw new TokenRefusal('badAssertionSignature');
  }
  checkDates(payload, rules.now);
}
