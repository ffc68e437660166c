import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { createUndiciDispatch, type UndiciDispatch } from './undici-dispatch.ts';

let server: Server;
let sockets: Socket[];
let origin: URL;
let client: UndiciDispatch;

beforeEach(async () => {
  sockets = [];
  server = createServer((_request, response) => response.end('{}'))
    .on('connection', (socket) => sockets.push(socket))
    .listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  client = createUndiciDispatch();
});
afterEach(async () => {
  await client[Symbol.asyncDispose]();
  server.closeAllConnections();
  server.close();
});

const get = (path: string) =>
  client.dispatch({ method: 'GET', url: new URL(path, origin), headers: {} });
const connections = async (number: number) =>
  vi.waitFor(() => expect(sockets).toHaveLength(number));

it('opens one connection, which the first request uses', async () => {
  client.connectEarly(origin);
  client.connectEarly(origin);
  await connections(1);
  expect((await get('/users')).status).toBe(200);
  expect(sockets).toHaveLength(1);
});

it('uses it also if the request comes before it is open', async () => {
  client.connectEarly(origin);
  expect((await get('/users')).status).toBe(200);
  expect(sockets).toHaveLength(1);
});

it('opens another connection if the server has closed it', async () => {
  client.connectEarly(origin);
  await connections(1);
  const closed = once(sockets[0] as Socket, 'close');
  sockets[0]?.destroy();
  await closed;
  expect((await get('/users')).status).toBe(200);
  expect(sockets).toHaveLength(2);
});

it('reports a connection that cannot be opened with the request only', async () => {
  const closed = new URL('http://127.0.0.1:1');
  client.connectEarly(closed);
  await expect(client.dispatch({ method: 'GET', url: closed, headers: {} })).rejects.toMatchObject({
    code: 'E_NETWORK',
  });
});

it('does not use it for another origin, and closes it at the end', async () => {
  client.connectEarly(new URL(`http://localhost:${origin.port}`));
  await connections(1);
  expect((await get('/users')).status).toBe(200);
  expect(sockets).toHaveLength(2);
  const closed = once(sockets[0] as Socket, 'close');
  await client[Symbol.asyncDispose]();
  await closed;
});

it('opens none if requests go through a proxy', async () => {
  const { Secret } = await import('../secret.ts');
  await client[Symbol.asyncDispose]();
  client = createUndiciDispatch({ proxy: new Secret('http://127.0.0.1:1') });
  client.connectEarly(origin);
  await expect(get('/users')).rejects.toMatchObject({ code: 'E_PROXY' });
  expect(sockets).toEqual([]);
});
