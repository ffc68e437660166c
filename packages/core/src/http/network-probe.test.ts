import { once } from 'node:events';
import { createServer as createPlainServer, type Server } from 'node:http';
import { createServer } from 'node:https';
import { connect, createServer as createSilentServer, type AddressInfo } from 'node:net';

import { afterEach, expect, it } from 'vitest';

import { makeCertifiedKey, type CertifiedKeyChoices } from '../credential/testing/certified-key.ts';
import type { DirectoryError } from '../errors/directory-error.ts';
import { systemClock } from '../system-clock.ts';
import { createNetworkProbe } from './network-probe.ts';

const day = 86_400_000;
const now = Date.now();
const current = { from: now - day, until: now + day };

const running: { close(): unknown }[] = [];
afterEach(() => {
  for (const server of running.splice(0)) server.close();
});

async function listening(server: Server | ReturnType<typeof createSilentServer>): Promise<number> {
  running.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** A host with a certificate of its own; counts the requests, of which there must be none. */
async function startHost(choices: CertifiedKeyChoices = current) {
  const { keyPem, certificatePem } = await makeCertifiedKey(choices);
  let requests = 0;
  const server = createServer({ key: keyPem, cert: certificatePem }, (_, response) => {
    requests += 1;
    response.end();
  });
  const url = new URL(`https://127.0.0.1:${await listening(server)}/v1.0`);
  return { url, ca: certificatePem, requests: () => requests };
}

/** A proxy that answers CONNECT with `status`, and remembers what it was asked. */
async function startProxy(status: number) {
  const asked: { to: string | undefined; credentials: string | undefined }[] = [];
  const server = createPlainServer();
  server.on('connect', (request, inner) => {
    asked.push({ to: request.url, credentials: request.headers['proxy-authorization'] });
    inner.on('error', () => {});
    inner.write(`HTTP/1.1 ${status} As told\r\n\r\n`);
    if (status !== 200) {
      inner.end();
      return;
    }
    const { hostname, port } = new URL(`http://${request.url}`);
    const outer = connect(Number(port), hostname, () => inner.pipe(outer).pipe(inner));
    outer.on('error', () => inner.destroy());
  });
  return { url: new URL(`http://us%65r:p%40ss@127.0.0.1:${await listening(server)}`), asked };
}

function probe(ca?: string) {
  return createNetworkProbe({ clock: systemClock, ca, patience: 2_000 });
}

/** The parts of the error that a message shows. */
async function failure(url: URL, proxy?: URL) {
  const error = (await probe()
    .handshake(url, { proxy })
    .catch((thrown: unknown) => thrown)) as DirectoryError;
  return { code: error.code, message: error.message, hint: error.hint };
}

it('describes a certificate of an untrusted CA, and sends nothing', async () => {
  const { url, requests } = await startHost();
  const seen = await probe().handshake(url, {});
  expect(seen).toMatchObject({
    protocol: 'TLSv1.3',
    issuer: 'rollcall test',
    names: 'rollcall test',
    distrust: 'DEPTH_ZERO_SELF_SIGNED_CERT',
  });
  expect(Math.abs(seen.validTo - current.until)).toBeLessThan(1_000);
  expect(Math.abs(seen.validFrom - current.from)).toBeLessThan(1_000);
  expect(seen.connect).toBeGreaterThan(0);
  expect(seen.tls).toBeGreaterThan(0);
  expect(requests()).toBe(0);
});

it.each([
  ['has ended', { from: now - 9 * day, until: now - day }, 'CERT_HAS_EXPIRED'],
  ['has not begun', { from: now + day, until: now + 9 * day }, 'CERT_NOT_YET_VALID'],
  ['is for another host', current, 'ERR_TLS_CERT_ALTNAME_INVALID'],
])('tells that a certificate of a trusted authority %s', async (_, choices, distrust) => {
  const { url, ca } = await startHost(choices);
  expect(await probe(ca).handshake(url, {})).toMatchObject({ distrust });
});

it('reports that nothing is listening', async () => {
  const server = createSilentServer();
  const port = await listening(server);
  server.close();
  expect(await failure(new URL(`https://127.0.0.1:${port}`))).toMatchObject({
    code: 'E_NETWORK',
    message: `Connection refused: nothing is listening on 127.0.0.1:${port} (ECONNREFUSED).`,
  });
});

it('reports a responder that does not speak TLS', async () => {
  const port = await listening(createPlainServer());
  expect(await failure(new URL(`https://127.0.0.1:${port}`))).toMatchObject({ code: 'E_TLS' });
});

it('does not wait forever for a responder that sends nothing', async () => {
  const port = await listening(createSilentServer((socket) => socket.on('error', () => {})));
  expect(await failure(new URL(`https://127.0.0.1:${port}`))).toMatchObject({ code: 'E_TIMEOUT' });
});

it('shakes hands through a proxy, with its user and password', async () => {
  const { url } = await startHost();
  const proxy = await startProxy(200);
  expect(await probe().handshake(url, { proxy: proxy.url })).toMatchObject({
    issuer: 'rollcall test',
  });
  const credentials = `Basic ${Buffer.from('user:p@ss').toString('base64')}`;
  expect(proxy.asked).toEqual([{ to: url.host, credentials }]);
});

it.each([
  [407, 'Correct the user and password in the URL of the proxy'],
  [403, 'Ask the administrator of the proxy to allow CONNECT to graph.example:443'],
  [502, 'Ask the administrator of the proxy whether it can reach graph.example'],
])('says what to do when the proxy responds with %i', async (status, hint) => {
  const proxy = await startProxy(status);
  const found = await failure(new URL('https://graph.example/v1.0'), proxy.url);
  expect(found).toMatchObject({ code: 'E_PROXY', hint: expect.stringContaining(hint) });
  expect(found.message).toContain(`(status ${status} for CONNECT)`);
  expect(JSON.stringify(found)).not.toContain('p@ss');
});

it('asks for a user and password when the URL of the proxy has none', async () => {
  const { url } = await startProxy(407);
  const found = await failure(new URL('https://graph.example/'), new URL(`http://${url.host}`));
  expect(found.hint).toContain('Add the user and password of the proxy to its URL');
});

it('reports that no proxy is listening', async () => {
  const server = createSilentServer();
  const port = await listening(server);
  server.close();
  const proxy = new URL(`http://127.0.0.1:${port}`);
  expect(await failure(new URL('https://graph.example'), proxy)).toMatchObject({
    code: 'E_PROXY',
    message: expect.stringContaining(`127.0.0.1:${port}`),
  });
});

it('stops when told to', async () => {
  const port = await listening(createSilentServer((socket) => socket.on('error', () => {})));
  const stop = new AbortController();
  const asked = probe().handshake(new URL(`https://127.0.0.1:${port}`), { signal: stop.signal });
  stop.abort(new Error('enough'));
  await expect(asked).rejects.toThrow('enough');
});

it('finds the addresses of a name', async () => {
  expect(await probe().addresses('localhost')).toContain('127.0.0.1');
  await expect(probe().addresses('nowhere.invalid')).rejects.toMatchObject({
    code: expect.stringMatching(/^E/u),
  });
});
