import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createCredential } from './create-credential.ts';
import { makeCertifiedKey } from './testing/certified-key.ts';
import { createFakePlatform } from './testing/fake-platform.ts';
import { makeJwt } from './testing/federated-jwt.ts';
import { createTemporaryFolder, type TemporaryFolder } from './testing/temporary-folder.ts';

const day = 86_400_000;
let folder: TemporaryFolder;
beforeAll(async () => {
  folder = await createTemporaryFolder();
});
afterAll(() => folder[Symbol.asyncDispose]());

/** Examines a credential, and checks that no request was sent. */
async function examine(
  settings: { readonly kind: string } & Record<string, unknown>,
  environment = {},
) {
  const platform = createFakePlatform({ environment });
  const report = await createCredential(settings, platform.context).examine?.();
  expect(platform.requests).toEqual([]);
  return report;
}

describe('examining a credential without using it', () => {
  it.each([
    [365, false],
    [31, false],
    [30, false],
    [29, true],
    [1, true],
  ])(
    'reports the remaining days of a certificate: %i days, with a hint: %s',
    async (daysLeft, warned) => {
      const until = createFakePlatform().clock.wall() + daysLeft * day - 1000;
      const { keyPem, certificatePem } = await makeCertifiedKey({ until });
      const file = await folder.write(`${daysLeft}.pem`, keyPem + certificatePem);
      const report = await examine({ kind: 'client-certificate', file });
      expect(report?.facts).toMatchObject({ daysLeft, bits: 2048, algorithm: 'PS256' });
      expect(report?.hint !== undefined).toBe(warned);
    },
  );

  it('fails for an expired certificate', async () => {
    const until = createFakePlatform().clock.wall();
    const { keyPem, certificatePem } = await makeCertifiedKey({ until });
    const file = await folder.write('ended.pem', keyPem + certificatePem);
    await expect(examine({ kind: 'client-certificate', file })).rejects.toMatchObject({
      code: 'E_CREDENTIAL',
    });
  });

  it('reports issuer, subject and audience of an assertion', async () => {
    const exp = createFakePlatform().clock.wall() / 1000 + 3600;
    const claims = { iss: 'https://issuer.example/', sub: 'repo:a/b', aud: ['api://X'], exp };
    const file = await folder.write('assertion', makeJwt(claims));
    expect(await examine({ kind: 'federated', file })).toEqual({
      message: `A token from the file ${file}: issuer https://issuer.example/, subject repo:a/b, audience api://X. It expires in 60 minutes.`,
      facts: {
        issuer: 'https://issuer.example/',
        subject: 'repo:a/b',
        audience: 'api://X',
        secondsLeft: 3600,
      },
    });
  });

  it('reads the file of a client secret, but not standard input', async () => {
    const secretFile = await folder.write('secret', 'canary-secret\n');
    const report = await examine({ kind: 'client-secret', secretFile });
    expect(report?.message).toContain(secretFile);
    expect(JSON.stringify(report)).not.toContain('canary');
    await expect(
      examine({ kind: 'client-secret', secretFile: `${secretFile}-missing` }),
    ).rejects.toMatchObject({ code: 'E_CREDENTIAL' });
    expect((await examine({ kind: 'client-secret', secretFile: '-' }))?.message).toBe(
      'The client secret will be read from standard input.',
    );
  });

  it('reports the credential that auto uses and those that it skipped', async () => {
    const { keyPem, certificatePem } = await makeCertifiedKey();
    const file = await folder.write('auto.pem', keyPem + certificatePem);
    const report = await examine({ kind: 'auto' }, { AZURE_CLIENT_CERTIFICATE_PATH: file });
    expect(report).toMatchObject({
      message: expect.stringMatching(/^Found in the environment: client-certificate\. RSA key/u),
      facts: {
        chosen: 'client-certificate',
        bits: 2048,
        skipped: ['client-secret: AZURE_CLIENT_SECRET not set.'],
      },
    });
    expect((await examine({ kind: 'auto' }))?.message).toBe(
      'No credential is configured in the environment; trying managed-identity.',
    );
  });
});
