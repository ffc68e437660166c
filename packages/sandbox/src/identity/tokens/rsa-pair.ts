import { generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';

export interface RsaPair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

/** Makes a 2048-bit pair off the main thread, so that several are made at once. */
export function makeRsaPair(): Promise<RsaPair> {
  return promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
}
