import { createHash, type KeyObject } from 'node:crypto';

/** An RSA pair that signs tokens, with its public half as the JWKS shows it. */
export interface SigningKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  readonly jwk: {
    readonly kty: string;
    readonly use: 'sig';
    readonly kid: string;
    readonly x5t: string;
    readonly n: string;
    readonly e: string;
  };
}

/** Names a pair by a hash of its modulus, in the form of Entra's key ids (27 characters of base64url). */
export function signingKey(pair: {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}): SigningKey {
  const { n = '', e = '' } = pair.publicKey.export({ format: 'jwk' });
  const kid = createHash('sha1').update(n).digest('base64url');
  return { kid, ...pair, jwk: { kty: 'RSA', use: 'sig', kid, x5t: kid, n, e } };
}
