import { constants, randomUUID, sign } from 'node:crypto';

import type { LoadedCertificate } from './loaded-certificate.ts';

export interface AssertionFacts {
  /** The token endpoint. */
  readonly audience: string;
  readonly clientId: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

const lifeInSeconds = 600;
/** How far a clock may run ahead before the service calls a fresh assertion "not yet valid". */
const backdatedSeconds = 60;

function base64url(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/**
 * The JWT by which a certificate's owner proves itself (RFC 7523; Entra's "certificate credentials" page).
 * Signed here rather than by MSAL because MSAL wants the private key as decrypted PEM text, keeps it where
 * `inspect` prints it, and dates `nbf` at this very second, so that a clock 2 s ahead is refused.
 */
export function signAssertion(certificate: LoadedCertificate, facts: AssertionFacts): string {
  const { key, algorithm, thumbprint, chain } = certificate;
  const issuedAt = Math.floor(facts.now / 1000);
  const header = {
    alg: algorithm,
    typ: 'JWT',
    ...thumbprint,
    ...(chain === undefined ? {} : { x5c: chain.map(({ raw }) => raw.toString('base64')) }),
  };
  const claims = {
    aud: facts.audience,
    iss: facts.clientId,
    sub: facts.clientId,
    jti: randomUUID(),
    iat: issuedAt,
    nbf: issuedAt - backdatedSeconds,
    exp: issuedAt - backdatedSeconds + lifeInSeconds,
  };
  const signed = `${base64url(header)}.${base64url(claims)}`;
  const padding =
    algorithm === 'PS256'
      ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
      : { padding: constants.RSA_PKCS1_PADDING };
  const signature = sign('sha256', Buffer.from(signed), { key, ...padding });
  return `${signed}.${signature.toString('base64url')}`;
}
