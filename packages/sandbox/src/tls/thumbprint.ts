import { createHash } from 'node:crypto';

/** SHA-1 or SHA-256 over the certificate's DER: what `x5t` and `x5t#S256` carry in base64url. */
export function thumbprint(certificate: string, algorithm: 'sha1' | 'sha256'): Buffer {
  const base64 = certificate.replaceAll(/-----[^-]+-----|\s/gu, '');
  return createHash(algorithm).update(Buffer.from(base64, 'base64')).digest();
}
