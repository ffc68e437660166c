import type { KeyObject, X509Certificate } from 'node:crypto';

/** A private key and how the service is told which certificate it belongs to. */
export interface LoadedCertificate {
  readonly key: KeyObject;
  readonly algorithm: 'PS256' | 'RS256';
  /** The header that names the certificate: SHA-256 or SHA-1 of its DER form, base64url. */
  readonly thumbprint: { readonly 'x5t#S256': string } | { readonly x5t: string };
  /** Where it is at hand; a thumbprint alone is enough to sign. */
  readonly certificate?: X509Certificate | undefined;
  /** The certificate first, then those that issued it; only when it is to be sent along. */
  readonly chain?: readonly X509Certificate[] | undefined;
}
