import type { KeyObject, X509Certificate } from 'node:crypto';

/** A private key, and the header by which the service finds its certificate. */
export interface LoadedCertificate {
  readonly key: KeyObject;
  readonly algorithm: 'PS256' | 'RS256';
  /** The thumbprint header of the JWT: SHA-256 or SHA-1 of the certificate, base64url. */
  readonly thumbprint: { readonly 'x5t#S256': string } | { readonly x5t: string };
  /** Absent when only the thumbprint is configured, which is sufficient for signing. */
  readonly certificate?: X509Certificate | undefined;
  /** The certificate, then its issuers; absent when the chain is not sent. */
  readonly chain?: readonly X509Certificate[] | undefined;
}
