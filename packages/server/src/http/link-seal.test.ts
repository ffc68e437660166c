import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it, onTestFinished } from 'vitest';

import { createLinkSeal } from './link-seal.ts';
import { readPageKeys, rotatePageKeys } from './page-keys.ts';

const place = {
  link: 'https://graph.example/v1.0/users?$skiptoken=abc',
  query: { pageSize: 5 },
};
const owner = { caller: 'key:reports', route: '/v1.0/users' };

async function keyFile(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'page-keys-'));
  onTestFinished(async () => rm(folder, { recursive: true }));
  return join(folder, 'page.keys');
}

describe('page tokens', () => {
  it('return what was sealed, and show nothing of it', () => {
    const seal = createLinkSeal();
    const token = seal.seal(place, owner);
    expect(seal.open(token, owner)).toEqual(place);
    expect(token).toMatch(/^[\w-]+$/u);
    expect(Buffer.from(token, 'base64url').toString('latin1')).not.toContain('graph.example');
  });

  it('are refused with any one character changed', () => {
    const seal = createLinkSeal();
    const token = seal.seal(place, owner);
    for (let index = 0; index < token.length; index += 1) {
      const forged =
        token.slice(0, index) + (token[index] === 'A' ? 'B' : 'A') + token.slice(index + 1);
      expect(() => seal.open(forged, owner)).toThrow('expired');
    }
  });

  it('are refused for another process, caller, route and tenant', async () => {
    const keys = await rotatePageKeys(await keyFile());
    const seal = createLinkSeal('one', keys);
    const token = seal.seal(place, owner);
    expect(createLinkSeal('one', keys).open(token, owner)).toEqual(place);
    const refused = [
      () => createLinkSeal('one').open(token, owner),
      () => createLinkSeal('two', keys).open(token, owner),
      () => seal.open(token, { ...owner, caller: 'key:other' }),
      () => seal.open(token, { ...owner, route: '/v1.0/users/delta' }),
    ];
    for (const open of refused) expect(open).toThrow('expired');
  });
});

describe('page keys in a file', () => {
  it('open tokens of the two keys before, for one rotation after the other', async () => {
    const file = await keyFile();
    const seal = createLinkSeal('one', await rotatePageKeys(file));
    const token = seal.seal(place, owner);
    for (let rotation = 0; rotation < 2; rotation += 1) {
      seal.replaceKeys(await rotatePageKeys(file));
      expect(seal.open(token, owner)).toEqual(place);
    }
    expect(seal.open(seal.seal(place, owner), owner)).toEqual(place);
    seal.replaceKeys(await rotatePageKeys(file));
    expect(() => seal.open(token, owner)).toThrow('expired');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await readFile(file, 'utf8')).trimEnd().split('\n')).toHaveLength(3);
  });

  it.each([
    ['is missing', async () => {}, 'ENOENT'],
    ['is empty', async (file: string) => writeFile(file, '', { mode: 0o600 }), 'not a page key'],
    [
      'has a short key',
      async (file: string) => writeFile(file, 'AAAA\n', { mode: 0o600 }),
      'not a page key',
    ],
    [
      'is readable by others',
      async (file: string) => {
        await rotatePageKeys(file);
        await chmod(file, 0o640);
      },
      'other users',
    ],
  ])('that %s are refused', async (_name, prepare, message) => {
    const file = await keyFile();
    await prepare(file);
    await expect(readPageKeys(file)).rejects.toThrow(message);
  });
});
