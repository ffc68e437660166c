import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { makeCertifiedKey, type CertifiedKey } from '../credential/testing/certified-key.ts';
import {
  createTemporaryFolder,
  type TemporaryFolder,
} from '../credential/testing/temporary-folder.ts';
import { openDirectory } from '../open-directory.ts';
import { readTrustedCertificates } from './trusted-certificates.ts';

let folder: TemporaryFolder;
let good: CertifiedKey;
beforeAll(async () => {
  folder = await createTemporaryFolder();
  good = await makeCertifiedKey();
});
afterAll(() => folder[Symbol.asyncDispose]());

const told = (file: string) =>
  readTrustedCertificates(file, '--ca').then(
    () => undefined,
    (error: { code: string; message: string; hint: string }) =>
      `${error.code} ${error.message.replaceAll(folder.path, '')} ${error.hint}`,
  );

describe('the file of certificates to trust', () => {
  it('is read whatever stands around them', async () => {
    const text = `\uFEFF# ours\r\n${good.certificatePem}\n# theirs\n${good.certificatePem}`;
    expect(await readTrustedCertificates(await folder.write('two.pem', text))).toBe(text.slice(1));
    expect(await readTrustedCertificates(undefined)).toBeUndefined();
  });

  it('faults A7 row 74: is said to be missing, a folder, empty, too long, or no certificates', async () => {
    const der = new X509Certificate(good.certificatePem).raw;
    const broken = good.certificatePem.replace(/[A-Za-z0-9+/]{40}/u, '');
    const files = {
      'key.pem': good.keyPem,
      'binary.cer': der,
      'empty.pem': '\n',
      'long.pem': `${good.certificatePem}${' '.repeat(1_048_576)}`,
      'broken.pem': good.certificatePem + broken,
    };
    const lines = await Promise.all(
      Object.entries(files).map(async ([name, content]) => told(await folder.write(name, content))),
    );
    lines.push(await told(join(folder.path, 'nowhere.pem')), await told(folder.path));
    expect(lines).toMatchInlineSnapshot(`
      [
        "E_SETTINGS Invalid configuration: caFile (/key.pem, named by --ca): holds no certificate in PEM Name the file with the BEGIN CERTIFICATE lines of the authorities.",
        "E_SETTINGS Invalid configuration: caFile (/binary.cer, named by --ca): is not text: it holds NUL bytes Give PEM; \`openssl x509 -inform der -in FILE -out FILE.pem\` makes it of a binary file.",
        "E_SETTINGS Invalid configuration: caFile (/empty.pem, named by --ca): is empty Put the certificates to trust into it.",
        "E_SETTINGS Invalid configuration: caFile (/long.pem, named by --ca): is longer than 1 MiB Name the file with the certificates to trust; it is far smaller.",
        "E_SETTINGS Invalid configuration: caFile (/broken.pem, named by --ca): holds 2 certificates, of which number 2 cannot be read Check that it was copied whole; \`openssl x509 -in FILE -noout -subject\` says whether one is sound.",
        "E_SETTINGS Invalid configuration: caFile (/nowhere.pem, named by --ca): there is no such file Check the path.",
        "E_SETTINGS Invalid configuration: caFile (, named by --ca): is a folder Name the file in it.",
      ]
    `);
  });

  it.skipIf(process.platform === 'win32')(
    'faults A7 row 74: is not waited for when it is a pipe or a device',
    async () => {
      const pipe = join(folder.path, 'pipe');
      execFileSync('mkfifo', [pipe]);
      for (const file of [pipe, '/dev/zero']) {
        const start = performance.now();
        expect(await told(file)).toContain('is not a regular file');
        expect(performance.now() - start).toBeLessThan(1_000);
      }
    },
  );

  it('keeps a directory from being opened', async () => {
    const credential = { getToken: () => Promise.resolve(null) };
    const caFile = await folder.write('no.pem', 'nothing');
    const opening = openDirectory({ tenant: 'contoso.com', credential, caFile });
    await expect(opening).rejects.toMatchObject({
      code: 'E_SETTINGS',
      issues: [{ path: 'caFile' }],
    });
  });
});
