import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';

import { afterEach, beforeEach, expect, it } from 'vitest';

import { idLines } from './id-lines.ts';

let cwd: string;
beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'id-lines-'));
});
afterEach(async () => {
  await rm(cwd, { recursive: true });
});

async function read(
  ids: readonly string[],
  file: string | undefined,
  text = '',
): Promise<string[]> {
  return await Array.fromAsync(idLines({ ids, file }, { cwd, stdin: Readable.from([text]) }));
}

it.each([
  ['line feeds', 'a\nb\n'],
  ['no line feed at the end', 'a\nb'],
  ['Windows line ends and a byte order mark', '\uFEFFa\r\nb\r\n'],
  ['empty lines and spaces', '\n  a \n\n\tb\n\n'],
])('reads the IDs of lines with %s, from a file and from standard input', async (_, text) => {
  await writeFile(join(cwd, 'ids.txt'), text);
  expect(await read([], 'ids.txt')).toEqual(['a', 'b']);
  expect(await read(['-'], undefined, text)).toEqual(['a', 'b']);
  expect(await read([], '-', text)).toEqual(['a', 'b']);
  expect(await read(['x', '-'], 'ids.txt', text)).toEqual(['x', 'a', 'b', 'a', 'b']);
});

it.each([
  [[], undefined, 'Missing argument'],
  [['-', '-'], undefined, 'named twice'],
  [['-'], '-', 'named twice'],
  [[], 'missing.txt', 'Cannot read --ids missing.txt (ENOENT)'],
  [[], '.', 'Cannot read --ids . (EISDIR)'],
])('refuses %j with --ids %s: %s', async (ids, file, message) => {
  await expect(async () => await read(ids, file)).rejects.toThrow(message);
});
