import { randomBytes, randomUUID } from 'node:crypto';
import { open, readFile, rename, rm, stat } from 'node:fs/promises';

import { SettingsError } from '@rollcall/core';

import { isOpenToOthers } from './open-to-others.ts';

/** Keys of page tokens: the first one seals, all of them open. */
export type PageKeys = readonly [Uint8Array, ...Uint8Array[]];

const keyLength = 32;
/** The present key and the two before it. */
const mostKeys = 3;

/** Returns keys that only this process has. */
export function temporaryPageKeys(): PageKeys {
  return [randomBytes(keyLength)];
}

function invalid(message: string, hint: string): SettingsError {
  return new SettingsError([{ path: 'page-keys', source: '--page-keys', message, hint }]);
}

const create = 'Run `rollcall-server page-keys rotate FILE` to create the file.';

function parseKeys(text: string): readonly Uint8Array[] {
  const lines = text.split('\n').filter((line) => line !== '');
  return lines.map((line) => Buffer.from(line, 'base64url'));
}

function arePageKeys(keys: readonly Uint8Array[]): keys is PageKeys {
  return keys.length > 0 && keys.every((key) => key.length === keyLength);
}

/**
 * Reads a file of page keys: one key per line, the newest first.
 * @throws {SettingsError} when the file cannot be read, is not private, or contains no keys
 */
export async function readPageKeys(file: string): Promise<PageKeys> {
  let text: string;
  try {
    if (isOpenToOthers(await stat(file)))
      throw invalid('can be read or changed by other users', 'Run chmod 600 on the file.');
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof SettingsError) throw error;
    const { code = 'unknown error' } = error as { readonly code?: string };
    throw invalid(`cannot be read (${code})`, create);
  }
  const keys = parseKeys(text);
  if (!arePageKeys(keys)) throw invalid('contains a line that is not a page key', create);
  return keys;
}

/**
 * Writes a new key to the beginning of a file of page keys, and creates the file if it does not exist. The file is
 * replaced as a whole.
 * @throws {SettingsError} when the present file is invalid
 */
export async function rotatePageKeys(file: string): Promise<PageKeys> {
  const exists = await stat(file).then(
    () => true,
    () => false,
  );
  const present = exists ? await readPageKeys(file) : [];
  const keys: PageKeys = [randomBytes(keyLength), ...present.slice(0, mostKeys - 1)];
  const temporary = `${file}.${randomUUID()}.tmp`;
  const handle = await open(temporary, 'wx', 0o600);
  try {
    const lines = keys.map((key) => `${Buffer.from(key).toString('base64url')}\n`);
    await handle.writeFile(lines.join(''));
    await handle.sync();
  } finally {
    await handle.close();
  }
  try {
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  return keys;
}
