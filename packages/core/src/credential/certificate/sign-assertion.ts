import { constants, randomUUID, sign } from 'node:crypto';

import type { LoadedCertificate } from './loaded-certificate.ts';

export interface AssertionClaims {
  /** The URL of the token endpoint. */
  readonly audience: string;
  readonly clientId: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

const lifetimeSeconds = 600;
/** A local clock that is ahead of the service by up to this time does not make a new assertion "not yet valid". */
const backdatedSeconds = 60;

function base64url(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/**
 * Creates the JWT that authenticates the owner of a certificate (RFC 7523;
 * https://learn.microsoft.com/entra/identity-platform/certificate-credentials). Not created by MSAL, because MSAL
 * requires the private key as decrypted PEM text, keeps it where `inspect` prints it, and sets `nbf` to the current
 * second, so that the service rejects the assertion of a clock that is ahead by two seconds.
 */
export function signAssertion(certificate: LoadedCertificate, claimed: AssertionClaims): string {
  const { key, algorithm, thumbprint, chain } = certificate;
  const issuedAt = Math.floor(claimed.now / 1000);
  const header = {
    alg: algorithm,
    typ: 'JWT',
    ...thumbprint,
    ...(chain === undefined ? {} : { x5c: chain.map(({ raw }) => raw.toString('base64')) }),
  };
  const claims = {
    aud: claimed.audience,
    iss: claimed.clientId,
    sub: claimed.clientId,
    jti: randomUUID(),
    iat: issuedAt,
    nbf: issuedAt - backdatedSeconds,
    exp: issuedAt - backdatedSeconds + lifetimeSeconds,
  };
  const signed = `${base64url(header)}.${base64url(claims)}`;
  const padding =
    algorithm === 'PS256'
      ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
      : { padding: constants.RSA_PKCS1_PADDING };
  const signature = sign('sha256', Buffer.from(signed), { key, ...padding });
  return `${signed}.${signature.toString('base64url')}`;
}
