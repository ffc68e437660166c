import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

import type { Clock } from '../ports.ts';
import type { AccessToken } from '../credential/access-token.ts';
import { createAccessToken } from '../credential/token-response/parse-token-response.ts';

const saltLength = 16;
const nonceLength = 12;
const tagLength = 16;
const algorithm = 'aes-256-gcm';

function keyFor(proof: Uint8Array, salt: Uint8Array): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', proof, salt, 'rollcall token cache v1', 32));
}

/**
 * Encrypts a token with a key derived from the secret of the credential (HKDF, AES-256-GCM): a process that can decrypt
 * it can also request the token itself. `key` is authenticated, so that an entry cannot replace another one.
 */
export function sealToken(token: AccessToken, proof: Uint8Array, key: string): Uint8Array {
  const text = JSON.stringify({
    token: token.token.reveal(),
    expiresOn: token.expiresOnTimestamp,
    refreshOn: token.expiresOnTimestamp - (token.expiresAt - token.refreshAt),
  });
  const salt = randomBytes(saltLength);
  const nonce = randomBytes(nonceLength);
  const cipher = createCipheriv(algorithm, keyFor(proof, salt), nonce).setAAD(Buffer.from(key));
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([salt, nonce, cipher.getAuthTag(), body]);
}

/** Decrypts a token. Undefined if it was encrypted with another credential, is damaged, or has expired. */
export function unsealToken(
  sealed: Uint8Array,
  proof: Uint8Array,
  key: string,
  clock: Clock,
): AccessToken | undefined {
  try {
    const bytes = Buffer.from(sealed);
    const salt = bytes.subarray(0, saltLength);
    const nonce = bytes.subarray(saltLength, saltLength + nonceLength);
    const tag = bytes.subarray(saltLength + nonceLength, saltLength + nonceLength + tagLength);
    const decipher = createDecipheriv(algorithm, keyFor(proof, salt), nonce, {
      authTagLength: tagLength,
    });
    decipher.setAAD(Buffer.from(key)).setAuthTag(tag);
    const text = Buffer.concat([
      decipher.update(bytes.subarray(saltLength + nonceLength + tagLength)),
      decipher.final(),
    ]).toString('utf8');
    const { token, expiresOn, refreshOn } = JSON.parse(text) as Record<string, unknown>;
    if (typeof token !== 'string' || typeof expiresOn !== 'number' || typeof refreshOn !== 'number')
      return undefined;
    const life = (expiresOn - clock.wall()) / 1000;
    if (!(life > 0)) return undefined;
    const refreshAt = clock.monotonic() + (refreshOn - clock.wall());
    return { ...createAccessToken(token, life, undefined, clock), refreshAt };
  } catch {
    return undefined;
  }
}
