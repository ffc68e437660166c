import { X509Certificate } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { Secret } from '../../secret.ts';
import { type CertifiedKey, makeCertifiedKey } from '../testing/certified-key.ts';
import { createFakePlatform } from '../testing/fake-platform.ts';
import { createTemporaryFolder, type TemporaryFolder } from '../testing/temporary-folder.ts';
import { type CertificateSettings, loadCertificate } from './load-certificate.ts';

let folder: TemporaryFolder;
let good: CertifiedKey;
let pem: string;
let encrypted: string;
let encryptedDer: Buffer;
let legacy: string;
let rsaDer: Buffer;
let keyDer: Buffer;
let certificateDer: Buffer;
const password = new Secret('pass word');

beforeAll(async () => {
  folder = await createTemporaryFolder();
  good = await makeCertifiedKey();
  pem = good.keyPem + good.certificatePem;
  const cipher = { cipher: 'aes-256-cbc', passphrase: password.reveal() };
  encrypted = String(good.key.export({ type: 'pkcs8', format: 'pem', ...cipher }));
  encryptedDer = good.key.export({ type: 'pkcs8', format: 'der', ...cipher });
  legacy = String(good.key.export({ type: 'pkcs1', format: 'pem', ...cipher }));
  rsaDer = good.key.export({ type: 'pkcs1', format: 'der' });
  keyDer = good.key.export({ type: 'pkcs8', format: 'der' });
  certificateDer = new X509Certificate(good.certificatePem).raw;
});
afterAll(() => folder[Symbol.asyncDispose]());

/** Returns whether the key of these settings is the right one. */
async function loads(settings: CertificateSettings): Promise<boolean> {
  const loaded = await loadCertificate(settings, createFakePlatform().context);
  return loaded.key.equals(good.key);
}

async function problemOf(content: string | Buffer): Promise<string> {
  const file = await folder.write('wrong', content);
  const error: unknown = await loadCertificate({ file }, createFakePlatform().context).catch(
    (each: unknown) => each,
  );
  expect(error).toMatchObject({
    code: 'E_CREDENTIAL',
    hint: expect.stringMatching(/\w/u) as string,
  });
  return (error as Error).message;
}

const forms: readonly (readonly [string, () => string | Buffer])[] = [
  ['LF', () => pem],
  ['CRLF', () => pem.replaceAll('\n', '\r\n')],
  ['CR', () => pem.replaceAll('\n', '\r')],
  ['literal \\n', () => pem.replaceAll('\n', String.raw`\n`)],
  ['literal \\r\\n', () => pem.replaceAll('\n', String.raw`\r\n`)],
  ['blanks for line breaks', () => pem.replaceAll('\n', ' ')],
  ['no line breaks', () => pem.replaceAll('\n', '')],
  ['blanks after BEGIN and END lines', () => pem.replaceAll('-----\n', '----- \n')],
  ['indented', () => pem.replaceAll('\n', '\n    ')],
  ['quotes around it', () => JSON.stringify(pem)],
  ['base64 of PEM', () => Buffer.from(pem).toString('base64')],
];

describe('faults A5 row 57: forms of keys and certificates', () => {
  it.each(forms)('PEM with %s, in a file and in a variable', async (_, form) => {
    const content = String(form());
    expect(await loads({ content: new Secret(content) })).toBe(true);
    expect(await loads({ file: await folder.write('form.pem', content) })).toBe(true);
  });

  it.each<[string, (text: string) => Buffer]>([
    ['UTF-8 with byte order mark', (text) => Buffer.from(`\uFEFF${text}`)],
    ['UTF-16 LE', (text) => Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['UTF-16 LE without byte order mark', (text) => Buffer.from(text, 'utf16le')],
    ['UTF-16 BE', (text) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
  ])('%s, of PEM, base64 and a password', async (_, encode) => {
    expect(await loads({ file: await folder.write('encoded', encode(pem)) })).toBe(true);
    expect(
      await loads({
        file: await folder.write('encoded', encode(Buffer.from(pem).toString('base64'))),
      }),
    ).toBe(true);
    const file = await folder.write('encrypted.pem', encrypted + good.certificatePem);
    const passwordFile = await folder.write('password', encode(`${password.reveal()}\r\n`));
    expect(await loads({ file, passwordFile })).toBe(true);
  });

  it.each<[string, () => Buffer]>([
    ['PKCS#8', () => keyDer],
    ['PKCS#1', () => rsaDer],
  ])('DER: %s, in binary and in base64, with a certificate in DER', async (_, der) => {
    const certificateFile = await folder.write('certificate.cer', certificateDer);
    expect(await loads({ file: await folder.write('key.der', der()), certificateFile })).toBe(true);
    expect(await loads({ content: new Secret(der().toString('base64')), certificateFile })).toBe(
      true,
    );
  });

  it('encrypted keys: DER, and the traditional format on one line', async () => {
    const certificate = certificateDer.toString('base64');
    expect(
      await loads({ file: await folder.write('key.der', encryptedDer), certificate, password }),
    ).toBe(true);
    for (const content of [
      legacy,
      legacy.replaceAll('\n', ' '),
      legacy.replaceAll('\n', String.raw`\n`),
    ])
      expect(await loads({ content: new Secret(content), certificate, password })).toBe(true);
  });
});

describe('faults A5 row 57: the error names what was found', () => {
  it.each<[string, () => string | Buffer, string]>([
    [
      'OpenSSH',
      () => '-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----',
      'is in the format of OpenSSH',
    ],
    [
      'ssh-rsa',
      () => 'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQ user@host',
      'a public key of OpenSSH',
    ],
    ['PuTTY', () => 'PuTTY-User-Key-File-3: ssh-rsa\n', 'in the format of PuTTY'],
    ['PKCS#7', () => '-----BEGIN PKCS7-----\nAAAA\n-----END PKCS7-----', 'is a PKCS#7 bundle'],
    [
      'a request',
      () => '-----BEGIN CERTIFICATE REQUEST-----\nAA\n-----END CERTIFICATE REQUEST-----',
      'contains CERTIFICATE REQUEST',
    ],
    ['a Java key store', () => Buffer.from('feedfeed0000000200000001', 'hex'), 'a Java key store'],
    ['JSON', () => '{"value": "…"}', 'contains JSON'],
    ['HTML', () => '<!DOCTYPE html><html></html>', 'an HTML page'],
    ['text', () => 'not a key', 'neither PEM, DER, PFX nor base64'],
    ['a certificate in DER', () => certificateDer, 'contains no private key'],
    ['the first line of PEM', () => '-----BEGIN PRIVATE KEY-----\n', 'has no end'],
    ['PEM without its last line', () => pem.slice(0, -30), 'has no end'],
    ['broken DER', () => Buffer.concat([Buffer.from([0x30, 0x82]), Buffer.alloc(40)]), 'read'],
  ])('%s', async (_, content, problem) => {
    expect(await problemOf(content())).toContain(problem);
  });
});
