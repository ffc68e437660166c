import { execFileSync, spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { Secret } from '../../secret.ts';
import { makeCertifiedKey, type CertifiedKey } from '../testing/certified-key.ts';
import { createTemporaryFolder, type TemporaryFolder } from '../testing/temporary-folder.ts';
import { readPfx } from './read-pfx.ts';

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;
const password = new Secret('open sesame');

let folder: TemporaryFolder;
let good: CertifiedKey;

beforeAll(async () => {
  folder = await createTemporaryFolder();
  good = await makeCertifiedKey();
  await folder.write('key.pem', good.keyPem);
  await folder.write('cert.pem', good.certificatePem);
});
afterAll(() => folder[Symbol.asyncDispose]());

async function exportPfx(...options: string[]): Promise<Buffer> {
  const out = join(folder.path, 'out.pfx');
  execFileSync('openssl', [
    'pkcs12',
    '-export',
    '-inkey',
    join(folder.path, 'key.pem'),
    '-in',
    join(folder.path, 'cert.pem'),
    '-out',
    out,
    ...options,
  ]);
  return readFile(out);
}

const pass = ['-passout', `pass:${password.reveal()}`];
const legacy = ['-provider', 'default', '-provider', 'legacy', '-legacy'];

describe.runIf(hasOpenssl)('PFX by openssl', () => {
  it.each([
    ['PBES2 and AES, as current tools write', pass],
    ['RC2 and triple DES, as Windows and old tools write', [...legacy, ...pass]],
    ['PBES2 with a SHA-1 MAC', ['-macalg', 'sha1', ...pass]],
    ['keys in clear', ['-keypbe', 'NONE', '-certpbe', 'NONE', ...pass]],
  ])('faults A5 row 57: reads %s', async (_, options) => {
    const { key, certificates } = await readPfx(await exportPfx(...options), password);
    expect(key?.equals(good.key)).toBe(true);
    expect(certificates.map((each) => each.checkPrivateKey(good.key))).toEqual([true]);
  });

  it('reads a legacy file with a non-ASCII password, and rejects a current one with a hint', async () => {
    const word = new Secret('öffne dich');
    const phrase = ['-passout', `pass:${word.reveal()}`];
    expect((await readPfx(await exportPfx(...legacy, ...phrase), word)).key).toBeDefined();
    await expect(readPfx(await exportPfx(...phrase), word)).rejects.toMatchObject({
      hint: expect.stringContaining('ASCII') as string,
    });
  });

  it('reads a file with an empty password', async () => {
    const { key } = await readPfx(await exportPfx('-passout', 'pass:'), undefined);
    expect(key?.equals(good.key)).toBe(true);
  });

  it.each([
    [
      'a wrong password',
      new Secret('hunter22'),
      'The PFX file cannot be decrypted with this password.',
    ],
    ['no password', undefined, 'The PFX file is encrypted, and no password is set.'],
  ])('faults A5 row 57: reports %s', async (_, given, message) => {
    for (const options of [pass, [...legacy, ...pass]])
      await expect(readPfx(await exportPfx(...options), given)).rejects.toMatchObject({
        code: 'E_CREDENTIAL',
        message,
      });
  });

  it('faults A5 row 57: reports a truncated file', async () => {
    const bytes = await exportPfx(...pass);
    await expect(readPfx(bytes.subarray(0, 900), password)).rejects.toThrow(
      'The PFX file cannot be read.',
    );
  });
});

it.each(['', 'no pfx at all', '\u0030\u0003\u0002\u0001\u0000'])(
  'faults A5 row 57: rejects a file that is not a PFX file (%j)',
  async (text) => {
    await expect(readPfx(Buffer.from(text, 'latin1'), password)).rejects.toThrow(
      'The PFX file cannot be read.',
    );
  },
);
