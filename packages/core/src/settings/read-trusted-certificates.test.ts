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
import { readTrustedCertificates } from './read-trusted-certificates.ts';

let folder: TemporaryFolder;
let good: CertifiedKey;
beforeAll(async () => {
  folder = await createTemporaryFolder();
  good = await makeCertifiedKey();
});
afterAll(() => folder[Symbol.asyncDispose]());

const messageFor = (file: string) =>
  readTrustedCertificates(file, '--ca').then(
    () => undefined,
    (error: { code: string; message: string; hint: string }) =>
      `${error.code} ${error.message.replaceAll(folder.path, '')} ${error.hint}`,
  );

describe('the file of CA certificates', () => {
  it('can contain other text around the certificates', async () => {
    const text = `\uFEFF# ours\r\n${good.certificatePem}\n# theirs\n${good.certificatePem}`;
    expect(await readTrustedCertificates(await folder.write('two.pem', text))).toBe(text.slice(1));
    expect(await readTrustedCertificates(undefined)).toBeUndefined();
  });

  it('faults A7 row 74: is rejected when it is missing, a directory, empty, too large or not certificates', async () => {
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
      Object.entries(files).map(async ([name, content]) =>
        messageFor(await folder.write(name, content)),
      ),
    );
    lines.push(await messageFor(join(folder.path, 'nowhere.pem')), await messageFor(folder.path));
    expect(lines).toMatchInlineSnapshot(`
      [
        "E_SETTINGS Invalid configuration: caFile (/key.pem, named by --ca): contains no PEM certificate Use a file with the BEGIN CERTIFICATE lines of the CA certificates.",
        "E_SETTINGS Invalid configuration: caFile (/binary.cer, named by --ca): is not text: it contains NUL bytes Convert it to PEM with \`openssl x509 -inform der -in FILE -out FILE.pem\`.",
        "E_SETTINGS Invalid configuration: caFile (/empty.pem, named by --ca): is empty Write the CA certificates into it.",
        "E_SETTINGS Invalid configuration: caFile (/long.pem, named by --ca): is larger than 1 MiB Check that this is the file with the CA certificates.",
        "E_SETTINGS Invalid configuration: caFile (/broken.pem, named by --ca): certificate 2 of 2 is invalid Copy the certificate again; check it with \`openssl x509 -in FILE -noout -subject\`.",
        "E_SETTINGS Invalid configuration: caFile (/nowhere.pem, named by --ca): file not found Check the path.",
        "E_SETTINGS Invalid configuration: caFile (, named by --ca): is a directory Use the path of a file.",
      ]
    `);
  });

  it.skipIf(process.platform === 'win32')(
    'faults A7 row 74: is rejected without waiting when it is a pipe or a device',
    async () => {
      const pipe = join(folder.path, 'pipe');
      execFileSync('mkfifo', [pipe]);
      for (const file of [pipe, '/dev/zero']) {
        const start = performance.now();
        expect(await messageFor(file)).toContain('is not a regular file');
        expect(performance.now() - start).toBeLessThan(1_000);
      }
    },
  );

  it('is checked when a directory is opened', async () => {
    const credential = { getToken: () => Promise.resolve(null) };
    const caFile = await folder.write('no.pem', 'nothing');
    const opening = openDirectory({ tenant: 'contoso.com', credential, caFile });
    await expect(opening).rejects.toMatchObject({
      code: 'E_SETTINGS',
      issues: [{ path: 'caFile' }],
    });
  });
});
