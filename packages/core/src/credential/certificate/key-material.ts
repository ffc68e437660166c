import type { KeyObject, X509Certificate } from 'node:crypto';

/** What a PEM or PFX file held: at most one key, and certificates in the order they stood. */
export interface KeyMaterial {
  readonly key?: KeyObject | undefined;
  readonly certificates: readonly X509Certificate[];
}
