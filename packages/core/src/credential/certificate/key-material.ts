import type { KeyObject, X509Certificate } from 'node:crypto';

/** The content of a PEM or PFX file: at most one private key, and certificates in their order in the file. */
export interface KeyMaterial {
  readonly key?: KeyObject | undefined;
  readonly certificates: readonly X509Certificate[];
}
