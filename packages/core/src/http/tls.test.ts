import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';

import { expect, it } from 'vitest';

import { makeCertifiedKey, type CertifiedKeyChoices } from '../credential/testing/certified-key.ts';
import { openDirectory } from '../open-directory.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { createUndiciDispatch } from './undici-dispatch.ts';

const day = 86_400_000;
const now = Date.now();

/** Sends a request to a server with its own certificate. Returns the outcome and the number of connections. */
async function ask(
  choices: CertifiedKeyChoices,
  trusted: boolean,
  maxVersion: 'TLSv1.1' | 'TLSv1.3' = 'TLSv1.3',
) {
  const { keyPem, certificatePem } = await makeCertifiedKey(choices);
  let connections = 0;
  const server = createServer(
    {
      key: keyPem,
      cert: certificatePem,
      maxVersion,
      minVersion: maxVersion === 'TLSv1.1' ? 'TLSv1' : 'TLSv1.2',
      ciphers: 'DEFAULT@SECLEVEL=0',
    },
    (_request, response) => void response.end('893'),
  );
  server.on('connection', () => {
    connections += 1;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const { dispatch, ...owner } = createUndiciDispatch({ ca: trusted ? certificatePem : undefined });
  const directory = await openDirectory(
    {
      tenant: 'contoso.example',
      authority: 'https://login.example/contoso.example',
      graph: new URL(`https://127.0.0.1:${port}/v1.0`),
      credential: {
        getToken: () => Promise.resolve({ token: 'canary', expiresOnTimestamp: 1e15 }),
      },
    },
    { dispatch, clock: createFakeClock() },
  );
  const failure = await directory.users.count().catch((error: unknown) => error);
  await owner[Symbol.asyncDispose]();
  server.closeAllConnections();
  server.close();
  return { failure, connections };
}

it.each([
  ['an untrusted CA issued', {}, false, 'DEPTH_ZERO_SELF_SIGNED_CERT'],
  ['has expired', { from: now - 9 * day, until: now - day }, true, 'CERT_HAS_EXPIRED'],
  ['is not valid yet', { from: now + day, until: now + 9 * day }, true, 'CERT_NOT_YET_VALID'],
  [
    'names another host',
    { from: now - day, until: now + day },
    true,
    'ERR_TLS_CERT_ALTNAME_INVALID',
  ],
])(
  'faults A2 row 18: a certificate that %s is rejected at once, over one connection',
  async (_name, choices, trusted, reason) => {
    const { failure, connections } = await ask(choices, trusted);
    expect(failure).toMatchObject({
      code: 'E_TLS',
      category: 'integrity',
      reason,
      retryable: false,
      remedy: { code: 'trust-certificate' },
    });
    expect(connections).toBe(1);
  },
);

it('faults A2 row 18: TLS 1.1 is refused', async () => {
  const { failure, connections } = await ask({}, true, 'TLSv1.1');
  expect(failure).toMatchObject({ code: 'E_TLS', attempts: 1 });
  expect(connections).toBe(1);
});
