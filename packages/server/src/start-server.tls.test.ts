import { once } from 'node:events';
import { copyFileSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { get as httpsGet } from 'node:https';
import { connect as connectTcp } from 'node:net';
import { dirname, join } from 'node:path';
import { connect, type TLSSocket } from 'node:tls';

import type { SettingsError } from '@rollcall/core';
import { describe, expect, it } from 'vitest';

import { startServer } from './start-server.ts';
import { createCertificateFiles } from './testing/certificate-files.ts';
import { createMemoryDirectory } from './testing/memory-directory.ts';
import { startTestServer } from './testing/start-test-server.ts';

async function getJson(url: string, ca: string): Promise<Record<string, unknown>> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    httpsGet(url, { ca, agent: false }, resolve).on('error', reject);
  });
  let text = '';
  for await (const part of response.setEncoding('utf8')) text += String(part);
  return JSON.parse(text) as Record<string, unknown>;
}

async function fingerprintAt(url: string): Promise<string> {
  const { port } = new URL(url);
  const socket: TLSSocket = connect({
    port: Number(port),
    host: '127.0.0.1',
    rejectUnauthorized: false,
  });
  await once(socket, 'secureConnect');
  const { fingerprint256 } = socket.getPeerCertificate();
  socket.destroy();
  return fingerprint256;
}

describe('HTTPS', () => {
  it('serves links that begin with https', async () => {
    const tls = createCertificateFiles();
    const { server } = await startTestServer({ users: 300, tls });
    expect(server.url).toMatch(/^https:/u);
    const body = await getJson(`${server.url}/v1.0/users`, readFileSync(tls.certificate, 'utf8'));
    expect(body['@odata.nextLink']).toMatch(`${server.url}/v1.0/users?$skiptoken=`);
  });

  it('answers nothing over plain HTTP', async () => {
    const { server, directory } = await startTestServer({
      users: 3,
      tls: createCertificateFiles(),
    });
    const plain = server.url.replace('https', 'http');
    await expect(fetch(`${plain}/v1.0/users`)).rejects.toThrow('fetch failed');
    expect(directory.asked).toEqual([]);
  });

  it('uses a renewed certificate, and keeps the present one while the files are invalid', async () => {
    const tls = createCertificateFiles();
    const renewed = createCertificateFiles();
    const { server, logged } = await startTestServer({ users: 3, tls, limits: { tlsPoll: 10 } });
    const first = await fingerprintAt(server.url);
    const hasLogged = (event: string) => () => logged.some((entry) => entry.event === event);
    truncateSync(tls.certificate);
    await expect.poll(hasLogged('tls-reload-failed')).toBe(true);
    expect(await fingerprintAt(server.url)).toBe(first);
    copyFileSync(renewed.key, tls.key);
    copyFileSync(renewed.certificate, tls.certificate);
    await expect.poll(hasLogged('tls-reloaded')).toBe(true);
    expect(await fingerprintAt(server.url)).not.toBe(first);
  });

  it('stops in spite of a handshake that does not end', async () => {
    const tls = createCertificateFiles();
    const { server } = await startTestServer({ users: 3, tls, limits: { announce: 0 } });
    const socket = connectTcp(Number(new URL(server.url).port), '127.0.0.1');
    await once(socket, 'connect');
    const closed = once(socket, 'close');
    await server.drain();
    await expect(closed).resolves.toBeDefined();
  });

  it('finishes pending requests when it stops', async () => {
    const tls = createCertificateFiles();
    const asked = Promise.withResolvers<void>();
    const release = Promise.withResolvers<void>();
    const { server } = await startTestServer({
      users: 3,
      tls,
      limits: { announce: 0 },
      before: async () => {
        asked.resolve();
        await release.promise;
      },
    });
    const held = getJson(`${server.url}/v1.0/users`, readFileSync(tls.certificate, 'utf8'));
    await asked.promise;
    const drained = server.drain();
    release.resolve();
    expect(await held).toMatchObject({ value: expect.any(Array) as unknown[] });
    await drained;
  });
});

describe('the public URL', () => {
  it('begins the links, and its host name is served', async () => {
    const publicUrl = 'https://directory.example.com/graph/';
    const { get } = await startTestServer({ users: 300, publicUrl });
    const body = (await (await get('/v1.0/users?$select=id')).json()) as Record<string, string>;
    const root = 'https://directory.example.com/graph/v1.0/';
    expect(body['@odata.context']).toBe(`${root}$metadata#users(id)`);
    expect(body['@odata.nextLink']?.startsWith(`${root}users?$skiptoken=`)).toBe(true);
  });

  it('is refused together with the other problems of the addresses', async () => {
    const starting = startServer({
      directory: createMemoryDirectory({ users: 1 }),
      log: () => {},
      host: '0.0.0.0',
      publicUrl: 'http://directory.example.com',
      tls: { certificate: '/nowhere', key: '/nowhere' },
    });
    const error: unknown = await starting.catch((caught: unknown) => caught);
    expect((error as SettingsError).issues.map(({ source }) => source)).toEqual([
      '--host',
      '--public-url',
      '--tls-cert',
      '--tls-key',
    ]);
  });
});

const createClient = (subject: string) => createCertificateFiles('-subj', subject);

async function statusWith(
  url: string,
  ca: string,
  client: { readonly certificate: string; readonly key: string } | undefined,
): Promise<number | undefined> {
  const files =
    client === undefined
      ? {}
      : { cert: readFileSync(client.certificate), key: readFileSync(client.key) };
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    httpsGet(`${url}/v1.0/users`, { ca, agent: false, ...files }, resolve).on('error', reject);
  });
  response.resume();
  return response.statusCode;
}

describe('client certificates', () => {
  it('are accepted by subject and authority, and no other is', async () => {
    const tls = createCertificateFiles();
    const reports = createClient('/O=Contoso/CN=reports');
    const other = createClient('/O=Contoso/CN=other');
    const forged = createClient('/O=Contoso/CN=reports');
    const folder = dirname(tls.certificate);
    const authorities = [reports, other].map(({ certificate }) => readFileSync(certificate));
    writeFileSync(join(folder, 'clients.pem'), Buffer.concat(authorities));
    const callers = join(folder, 'callers.json');
    const clients = [{ name: 'reports', subject: 'O=Contoso, CN=reports', roles: ['Users.Read'] }];
    writeFileSync(callers, JSON.stringify({ certificates: { caFile: 'clients.pem', clients } }), {
      mode: 0o600,
    });
    const { server, directory } = await startTestServer({ users: 3, tls, callers });
    const ca = readFileSync(tls.certificate, 'utf8');
    const status = async (client?: typeof reports) => statusWith(server.url, ca, client);
    expect(await status(reports)).toBe(200);
    expect([await status(other), await status(forged), await status()]).toEqual([401, 401, 401]);
    expect(directory.asked).toHaveLength(1);
    await server.reload();
    expect([await status(reports), await status(forged)]).toEqual([200, 401]);
  });

  it('are refused at the start without HTTPS', async () => {
    const { certificate } = createClient('/CN=reports');
    const callers = join(dirname(certificate), 'callers.json');
    const clients = [{ name: 'reports', subject: 'CN=reports', roles: ['Users.Read'] }];
    const content = { certificates: { caFile: 'server.pem', clients } };
    writeFileSync(callers, JSON.stringify(content), { mode: 0o600 });
    await expect(startTestServer({ users: 3, callers })).rejects.toThrow('need HTTPS');
  });
});
