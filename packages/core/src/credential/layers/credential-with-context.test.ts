import { expect, it } from 'vitest';

import { CredentialError } from '../../errors/credential-error.ts';
import { NetworkError } from '../../errors/network-error.ts';
import { clientCertificate } from '../strategies/client-certificate.ts';
import { clientSecret } from '../strategies/client-secret.ts';
import type { Credential } from '../credential.ts';
import { credentialFiles, credentialWithContext } from './credential-with-context.ts';

const files = ['/etc/rollcall/client.key', '/etc/rollcall/client.crt'];

function failing(error: Error): Credential {
  const fail = async () => {
    throw error;
  };
  return {
    kind: 'test',
    requestToken: fail,
    fingerprint: fail,
    sealingSecret: fail,
    examine: fail,
  };
}

it('adds the files to an error of any operation', async () => {
  const credential = credentialWithContext(
    failing(new CredentialError('The private key is of type EC.', 'Make an RSA key.')),
    files,
  );
  for (const met of [
    credential.requestToken({ scopes: [] }),
    credential.fingerprint?.(),
    credential.sealingSecret?.(),
    credential.examine?.(),
  ])
    await expect(met).rejects.toMatchObject({
      code: 'E_CREDENTIAL',
      message: `${files.join(', ')}: The private key is of type EC.`,
      hint: 'Make an RSA key.',
    });
});

it.each([
  [
    'a complaint that names its file',
    new CredentialError(`${files[1]} is a folder.`, 'No.', { files: ['client.crt'] }),
    files,
  ],
  [
    'a complaint about no file',
    new CredentialError('The environment offers nothing.', 'Set it.'),
    [],
  ],
  ['another error', new NetworkError({ host: 'h', port: 1 }, 'ECONNRESET'), files],
])('does not change %s', async (_, error, named) => {
  await expect(
    credentialWithContext(failing(error), named).requestToken({ scopes: [] }),
  ).rejects.toBe(error);
});

it('adds no operations that the credential does not have', async () => {
  const bare: Credential = {
    kind: 'test',
    requestToken: () => Promise.reject(new Error('unused')),
  };
  expect(Object.keys(credentialWithContext(bare, files))).toEqual(['kind', 'requestToken']);
});

it('finds the files in the settings that are paths, except -', () => {
  expect(credentialFiles(clientSecret, { secretFile: '-' })).toEqual([]);
  expect(credentialFiles(clientSecret, { secretFile: '/s', secret: 'x' })).toEqual(['/s']);
  expect(credentialFiles(clientCertificate, { file: '/a', certificateFile: '/b' })).toEqual([
    '/a',
    '/b',
  ]);
});
