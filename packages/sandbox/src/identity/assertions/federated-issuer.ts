import { randomUUID } from 'node:crypto';

import { SignJWT, type JWTPayload } from 'jose';

import { makeRsaPair } from '../tokens/rsa-pair.ts';
import { signingKey, type SigningKey } from '../tokens/signing-key.ts';

/** Public keys of an issuer outside the tenant, as its JWKS has them. */
export interface TrustedIssuer {
  readonly issuer: string;
  readonly keys: readonly (Record<string, unknown> & { readonly kid?: string | undefined })[];
}

export interface FederatedIssuer {
  readonly issuer: string;
  readonly subject: string;
  readonly audience: string;
  /** A fresh assertion, good for an hour, as a platform would put it into a file; claims can be changed. */
  assertion(changes?: JWTPayload): Promise<string>;
  trusted(): Promise<TrustedIssuer>;
}

const lifetimeSeconds = 3_600;

/** A platform that issues tokens to a workload, such as a cluster. Its key is generated when it is first needed. */
export function createFederatedIssuer(
  names: { readonly issuer: string; readonly subject: string; readonly audience: string },
  now: () => number,
): FederatedIssuer {
  let key: Promise<SigningKey> | undefined;
  const made = (): Promise<SigningKey> => (key ??= makeRsaPair().then(signingKey));
  return {
    ...names,
    async assertion(changes = {}) {
      const { kid, privateKey } = await made();
      const seconds = Math.floor(now() / 1_000);
      return new SignJWT({
        iss: names.issuer,
        sub: names.subject,
        aud: names.audience,
        jti: randomUUID(),
        iat: seconds,
        nbf: seconds,
        exp: seconds + lifetimeSeconds,
        ...changes,
      })
        .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid })
        .sign(privateKey);
    },
    trusted: async () => ({ issuer: names.issuer, keys: [{ ...(await made()).jwk }] }),
  };
}
