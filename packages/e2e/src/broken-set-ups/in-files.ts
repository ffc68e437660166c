import { spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';

import type { SetUp } from './set-up.ts';

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

function newKey(passphrase?: string): string {
  const lock = passphrase === undefined ? {} : { cipher: 'aes-256-cbc', passphrase };
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem', ...lock },
  });
  return privateKey;
}

/** A certificate of this key that ended yesterday. */
function endedCertificate(keyFile: string): string {
  const ask = ['req', '-new', '-key', keyFile, '-subj', '/CN=rollcall'];
  const request = spawnSync('openssl', ask, { encoding: 'utf8' }).stdout;
  const sign = ['x509', '-req', '-signkey', keyFile, '-days', '-1'];
  return spawnSync('openssl', sign, { input: request, encoding: 'utf8' }).stdout;
}

/** Files that cannot prove the application, which shows before anything is sent. */
export const inFiles: readonly SetUp[] = [
  {
    heading: 'A key that other users can read',
    async arrange({ read, write, settings }) {
      await write('client.pem', (await read('client.key')) + (await read('client.crt')), 0o644);
      await settings({ kind: 'client-certificate', file: 'client.pem' });
      return {};
    },
  },
  {
    heading: 'A key that does not belong to the certificate',
    async arrange({ read, write, settings }) {
      await write('client.pem', newKey() + (await read('client.crt')));
      await settings({ kind: 'client-certificate', file: 'client.pem' });
      return {};
    },
  },
  {
    heading: 'An encrypted key without a password',
    async arrange({ read, write, settings }) {
      await write('client.pem', newKey('opensesame') + (await read('client.crt')));
      await settings({ kind: 'client-certificate', file: 'client.pem' });
      return {};
    },
  },
  {
    heading: 'An expired certificate',
    lacks: hasOpenssl ? undefined : 'needs openssl',
    async arrange({ read, write, settings }) {
      const key = await read('client.key');
      const file = await write('client.pem', key);
      await write('client.pem', key + endedCertificate(file));
      await settings({ kind: 'client-certificate', file: 'client.pem' });
      return {};
    },
  },
];
