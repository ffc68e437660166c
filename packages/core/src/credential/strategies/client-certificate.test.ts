import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { constants, generateKeyPairSync, verify, X509Certificate } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { Secret } from '../../secret.ts';
import { certificateChannel } from '../certificate/certificate-channel.ts';
import { clientCertificate } from './client-certificate.ts';
import type { CertificateSettings } from '../certificate/load-certificate.ts';
import { makeCertifiedKey, type CertifiedKey } from '../testing/certified-key.ts';
import { clientId, createFakePlatform, formOf, scopes, tenant } from '../testing/fake-platform.ts';
import { createTemporaryFolder, type TemporaryFolder } from '../testing/temporary-folder.ts';

let folder: TemporaryFolder;
let good: CertifiedKey;
let other: CertifiedKey;
let both: string;

beforeAll(async () => {
  folder = await createTemporaryFolder();
  [good, other] = await Promise.all([makeCertifiedKey(), makeCertifiedKey()]);
  both = await folder.write('both.pem', good.keyPem + good.certificatePem);
});

afterAll(() => folder[Symbol.asyncDispose]());

function decoded(part: string | undefined): Record<string, unknown> {
  return JSON.parse(Buffer.from(part ?? '', 'base64url').toString()) as Record<string, unknown>;
}

async function attempt(settings: CertificateSettings) {
  const platform = createFakePlatform();
  const credential = clientCertificate.createCredential(settings, platform.context);
  const outcome = await credential.requestToken({ scopes }).then(
    (token) => ({ token }),
    (error: unknown) => ({ error }),
  );
  const form = formOf(platform.requests[0]);
  const [header, claims, signature] = (form['client_assertion'] ?? '').split('.');
  return {
    ...outcome,
    form,
    requests: platform.requests,
    events: platform.events,
    header: header === '' ? {} : decoded(header),
    claims: claims === undefined ? {} : decoded(claims),
    verifiedBy: (pem: string, algorithm: 'PS256' | 'RS256') =>
      verify(
        'sha256',
        Buffer.from(`${header}.${claims}`),
        {
          key: new X509Certificate(pem).publicKey,
          padding:
            algorithm === 'PS256' ? constants.RSA_PKCS1_PSS_PADDING : constants.RSA_PKCS1_PADDING,
          saltLength: 32,
        },
        Buffer.from(signature ?? '', 'base64url'),
      ),
  };
}

async function refused(settings: CertificateSettings): Promise<string> {
  const { error, requests } = (await attempt(settings)) as {
    error?: { code?: string; message?: string; hint?: string };
    requests: unknown[];
  };
  expect(error?.code).toBe('E_CREDENTIAL');
  expect(error?.hint).toMatch(/\w/u);
  expect(requests).toHaveLength(0);
  return error?.message ?? '';
}

function der(pem: string): string {
  return new X509Certificate(pem).raw.toString('base64');
}

function sha(pem: string, bits: 1 | 256): string {
  const certificate = new X509Certificate(pem);
  const fingerprint = bits === 1 ? certificate.fingerprint : certificate.fingerprint256;
  return fingerprint.replaceAll(':', '');
}

describe('client-certificate', () => {
  it('signs with PS256 and sends the SHA-256 thumbprint of the certificate', async () => {
    const { form, header, claims, verifiedBy } = await attempt({ file: both });
    expect(form).toMatchObject({
      client_id: clientId,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    });
    expect(header).toEqual({
      alg: 'PS256',
      typ: 'JWT',
      'x5t#S256': Buffer.from(sha(good.certificatePem, 256), 'hex').toString('base64url'),
    });
    expect(claims).toMatchObject({
      aud: `https://login.microsoftonline.com/${tenant}/oauth2/v2.0/token`,
      iss: clientId,
      sub: clientId,
    });
    expect(verifiedBy(good.certificatePem, 'PS256')).toBe(true);
    expect(verifiedBy(other.certificatePem, 'PS256')).toBe(false);
  });

  it('faults A5 row 53: the assertion is valid from one minute ago and for ten minutes', async () => {
    const { claims } = await attempt({ file: both });
    const { iat, nbf, exp } = claims as Record<'iat' | 'nbf' | 'exp', number>;
    expect(iat - nbf).toBe(60);
    expect(exp - nbf).toBe(600);
  });

  it('sends a new assertion with each request', async () => {
    const [first, second] = [await attempt({ file: both }), await attempt({ file: both })];
    expect(first.claims['jti']).not.toBe(second.claims['jti']);
  });

  it("signs with RS256 for the quickstart's SHA-1 thumbprint without a certificate", async () => {
    const file = await folder.write('key.pem', good.keyPem);
    const thumbprint = sha(good.certificatePem, 1);
    const { header, verifiedBy } = await attempt({ file, thumbprint });
    expect(header).toEqual({
      alg: 'RS256',
      typ: 'JWT',
      x5t: Buffer.from(thumbprint, 'hex').toString('base64url'),
    });
    expect(verifiedBy(good.certificatePem, 'RS256')).toBe(true);
  });

  it.each<[string, () => Promise<CertificateSettings>]>([
    [
      'key and certificate in two files',
      async () => ({
        file: await folder.write('key.pem', good.keyPem),
        certificateFile: await folder.write('cert.pem', good.certificatePem, 0o644),
      }),
    ],
    [
      'the certificate as text',
      async () => ({
        file: await folder.write('key.pem', good.keyPem),
        certificate: good.certificatePem,
      }),
    ],
    [
      'PKCS#1',
      async () => ({
        file: await folder.write(
          'pkcs1.pem',
          good.key.export({ type: 'pkcs1', format: 'pem' }).toString() + good.certificatePem,
        ),
      }),
    ],
    [
      'encrypted PKCS#8',
      async () => ({
        file: await folder.write(
          'encrypted.pem',
          good.certificatePem +
            good.key
              .export({
                type: 'pkcs8',
                format: 'pem',
                cipher: 'aes-256-cbc',
                passphrase: 'opensesame',
              })
              .toString(),
        ),
        password: new Secret('opensesame'),
      }),
    ],
    [
      'encrypted PKCS#1, its password in a file',
      async () => ({
        file: await folder.write(
          'encrypted1.pem',
          good.certificatePem +
            good.key
              .export({
                type: 'pkcs1',
                format: 'pem',
                cipher: 'aes-256-cbc',
                passphrase: 'opensesame',
              })
              .toString(),
        ),
        passwordFile: await folder.write('password', 'opensesame\n'),
      }),
    ],
    [
      'CRLF, and the issuer before the certificate',
      async () => ({
        file: await folder.write(
          'crlf.pem',
          (other.certificatePem + good.certificatePem + good.keyPem).replaceAll('\n', '\r\n'),
        ),
      }),
    ],
    [
      'PEM text from the environment',
      async () => ({ content: new Secret(good.keyPem + good.certificatePem) }),
    ],
    [
      'base64 from the environment',
      async () => ({
        content: new Secret(Buffer.from(good.keyPem + good.certificatePem).toString('base64')),
      }),
    ],
  ])('accepts %s', async (_, settings) => {
    const { error, verifiedBy } = { error: undefined, ...(await attempt(await settings())) };
    expect(error).toBeUndefined();
    expect(verifiedBy(good.certificatePem, 'PS256')).toBe(true);
  });

  it('sends the chain with sendChain, starting with its certificate', async () => {
    const file = await folder.write(
      'chain.pem',
      good.keyPem + other.certificatePem + good.certificatePem,
    );
    expect((await attempt({ file })).header).not.toHaveProperty('x5c');
    expect((await attempt({ file, sendChain: true })).header['x5c']).toEqual([
      der(good.certificatePem),
      der(other.certificatePem),
    ]);
  });

  it('signs with RS256 when it is configured', async () => {
    const { header, verifiedBy } = await attempt({ file: both, algorithm: 'RS256' });
    expect(header).toHaveProperty('x5t');
    expect(verifiedBy(good.certificatePem, 'RS256')).toBe(true);
  });

  const start = Date.UTC(2026, 10, 22, 12);

  it('faults A5 row 56: an expired certificate is reported before any request', async () => {
    const old = await makeCertifiedKey({ from: start - 2000, until: start - 1000 });
    const file = await folder.write('old.pem', old.keyPem + old.certificatePem);
    expect(await refused({ file })).toBe('The certificate expired on 2026-11-22T11:59:59.000Z.');
  });

  it.each([
    [29, 'warn'],
    [31, 'debug'],
  ])(
    'faults A5 row 56: %d days before the expiry are logged with the level %s',
    async (days, level) => {
      const ending = await makeCertifiedKey({ until: start + days * 86_400_000 - 1000 });
      const file = await folder.write('ending.pem', ending.keyPem + ending.certificatePem);
      const { events } = await attempt({ file });
      expect(events).toEqual([
        { level, event: 'certificate-expiry', fields: { days, isSoon: level === 'warn' } },
      ]);
    },
  );

  it('faults A5 row 56: the remaining days are published for metrics', async () => {
    const until = start + 12 * 86_400_000;
    const ending = await makeCertifiedKey({ until });
    const file = await folder.write('gauge.pem', ending.keyPem + ending.certificatePem);
    const heard: unknown[] = [];
    const hear = (message: unknown) => void heard.push(message);
    subscribe(certificateChannel, hear);
    await attempt({ file });
    unsubscribe(certificateChannel, hear);
    expect(heard).toEqual([
      {
        tenant,
        clientId,
        thumbprint: new X509Certificate(ending.certificatePem).fingerprint256
          .replaceAll(':', '')
          .toLowerCase(),
        validTo: until,
        daysLeft: 12,
      },
    ]);
  });

  it('faults A5 row 56: a certificate that is not yet valid is reported before any request', async () => {
    const early = await makeCertifiedKey({ from: start + 1000 });
    const file = await folder.write('early.pem', early.keyPem + early.certificatePem);
    expect(await refused({ file })).toBe(
      'The certificate is not valid before 2026-11-22T12:00:01.000Z.',
    );
  });

  it('faults A5 row 56: a key of another certificate is reported before any request', async () => {
    const file = await folder.write('wrong.pem', good.keyPem + other.certificatePem);
    expect(await refused({ file })).toBe('The private key does not belong to the certificate.');
  });

  it('faults A5 row 56: a key without certificate or thumbprint is reported before any request', async () => {
    const file = await folder.write('alone.pem', good.keyPem);
    expect(await refused({ file })).toBe('The private key has no certificate.');
  });

  it('faults A5 row 56: a certificate without key is reported before any request', async () => {
    const file = await folder.write('cert.crt', good.certificatePem);
    expect(await refused({ file })).toBe('The file contains no private key.');
  });

  it('faults A5 row 56: a 1024-bit key is reported before any request', async () => {
    const weak = await makeCertifiedKey({ bits: 1024 });
    const file = await folder.write('weak.pem', weak.keyPem + weak.certificatePem);
    expect(await refused({ file })).toBe(
      'The private key has 1024 bits; at least 2048 are required.',
    );
  });

  it('faults A5 row 56: an EC key is reported before any request', async () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const file = await folder.write('ec.pem', pem + good.certificatePem);
    expect(await refused({ file })).toBe(
      'The private key is of type EC; the identity platform supports only RSA.',
    );
  });

  it('reports a thumbprint that does not match the certificate', async () => {
    const thumbprint = sha(other.certificatePem, 1);
    expect(await refused({ file: both, thumbprint })).toContain('does not match the certificate');
  });

  it.each([
    ['without its password', undefined, 'The private key is encrypted, and no password is set.'],
    ['with a wrong one', 'hunter22', 'The private key cannot be decrypted with this password.'],
  ])('faults A5 row 57: reports an encrypted key %s', async (_, password, message) => {
    const pem = good.key
      .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'opensesame' })
      .toString();
    const file = await folder.write('locked.pem', pem + good.certificatePem);
    expect(
      await refused({
        file,
        ...(password === undefined ? {} : { password: new Secret(password) }),
      }),
    ).toBe(message);
  });

  it('faults A5 row 57: reports a truncated key', async () => {
    const file = await folder.write(
      'half.pem',
      `${good.keyPem.slice(0, 800)}\n-----END PRIVATE KEY-----\n${good.certificatePem}`,
    );
    expect(await refused({ file })).toBe('The private key cannot be read.');
  });
});
