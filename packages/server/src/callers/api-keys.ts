import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

import type { Caller } from './caller.ts';
import type { CallersSettings } from './callers-settings.ts';

/** With which every key begins, so that scanners of repositories find it. */
const prefix = 'rollcall_';
const randomLength = 32;

/** Whether a text has the form of an API key. */
export function isApiKey(text: string): boolean {
  return text.startsWith(prefix);
}

function hashOf(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}

/** Creates an API key of 256 random bits. Its SHA-256 hash is what the file of callers contains. */
export function createApiKey(): { readonly key: string; readonly sha256: string } {
  const key = `${prefix}${randomBytes(randomLength).toString('base64url')}`;
  return { key, sha256: hashOf(key).toString('hex') };
}

/**
 * Returns a function that finds the caller of an API key. All hashes are compared in constant time, also after a match.
 */
export function createApiKeys(
  keys: NonNullable<CallersSettings['keys']>,
): (key: string) => Caller | undefined {
  const known = keys.flatMap(({ name, sha256, roles }) => {
    const caller: Caller = { id: `key:${name}`, name, roles: new Set(roles) };
    return sha256.map((hash) => ({ hash: Buffer.from(hash, 'hex'), caller }));
  });
  return (key) => {
    const presented = hashOf(key);
    let found: Caller | undefined;
    for (const { hash, caller } of known) if (timingSafeEqual(hash, presented)) found = caller;
    return found;
  };
}
