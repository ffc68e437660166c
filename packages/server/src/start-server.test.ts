import { once } from 'node:events';
import { connect } from 'node:net';

import { SettingsError } from '@rollcall/core';
import { describe, expect, it } from 'vitest';

import { startServer } from './start-server.ts';
import { createMemoryDirectory } from './testing/memory-directory.ts';
import { rawExchange } from './testing/raw-exchange.ts';
import { startTestServer } from './testing/start-test-server.ts';

const quiet = { directory: createMemoryDirectory({ users: 3 }), log: () => {} };

describe('where it listens', () => {
  it.each(['0.0.0.0', '::', '192.0.2.1', 'example.org'])('refuses %s', async (host) => {
    await expect(startServer({ ...quiet, host, port: 0 })).rejects.toBeInstanceOf(SettingsError);
  });

  it.each([
    [{}, ['callers are not authenticated', 'plain HTTP']],
    [{ insecureHttp: true }, ['callers are not authenticated']],
    [{ callers: '/nowhere' }, ['plain HTTP', 'cannot be read']],
  ])('refuses 0.0.0.0 with %j, and says why', async (options, reasons) => {
    const error: unknown = await startServer({
      ...quiet,
      ...options,
      host: '0.0.0.0',
      port: 0,
    }).catch((caught: unknown) => caught);
    const { issues } = error as SettingsError;
    expect(issues).toHaveLength(reasons.length);
    for (const [at, reason] of reasons.entries()) expect(issues[at]?.message).toContain(reason);
  });

  it('names the port that it cannot have', async () => {
    const { server } = await startTestServer({ users: 1 });
    const port = Number(new URL(server.url).port);
    await expect(startServer({ ...quiet, port })).rejects.toMatchObject({
      code: 'E_OUTPUT',
      message: expect.stringContaining(String(port)) as string,
    });
  });
});

describe('what HTTP it takes', () => {
  const head = 'GET /livez HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n';

  it.each([
    [
      'Transfer-Encoding together with Content-Length',
      `${head}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      '400',
    ],
    ['two Content-Lengths', `${head}Content-Length: 1\r\nContent-Length: 2\r\n\r\na`, '400'],
    ['a folded header', `${head}X-A: b\r\n c\r\n\r\n`, '400'],
    ['a bare line feed', `${head}X-A: b\nX-B: c\r\n\r\n`, '400'],
    ['no Host', 'GET /livez HTTP/1.1\r\nConnection: close\r\n\r\n', '400'],
    ['an absolute target', `${head.replace('/livez', 'http://attacker.example/livez')}\r\n`, '400'],
    ['TRACE', `${head.replace('GET', 'TRACE')}\r\n`, '405'],
    ['headers over 16 kB', `${head}X-A: ${'a'.repeat(20_000)}\r\n\r\n`, '431'],
  ])('faults A9 row 96: %s is refused', async (_what, bytes, status) => {
    const { server, directory } = await startTestServer({ users: 3 });
    expect((await rawExchange(server.url, bytes)).slice(0, 12)).toBe(`HTTP/1.1 ${status}`);
    expect(directory.asked).toEqual([]);
  });

  it.each([
    ['$top=1000000000', 400, '$top'],
    ['$top=-1', 400, '$top'],
    ['$select=id&$select=mail', 400, '$select'],
    ['x[__proto__]=1', 400, 'x[__proto__]'],
    ['$filter=%', 400, '$filter'],
    ['a=1&'.repeat(1_000), 400, 'a'],
    [`$filter=${'a'.repeat(10_000)}`, 414, 'exceed the limit'],
  ])(
    'faults A9 row 95: the query %.40s is refused, and says where',
    async (query, status, named) => {
      const { server, directory } = await startTestServer({ users: 3 });
      for (const path of ['/v1.0/users', '/users.ndjson']) {
        const bytes = `${head.replace('/livez', `${path}?${query}`)}\r\n`;
        const received = await rawExchange(server.url, bytes);
        expect(received.slice(0, 12)).toBe(`HTTP/1.1 ${status}`);
        expect(received).toContain(named);
      }
      expect(directory.asked).toEqual([]);
    },
  );

  it('faults A9 row 97: slow requests are cut off and delay no others', async () => {
    const { server, get } = await startTestServer({ users: 3, limits: { head: 300 } });
    const slow = Array.from({ length: 50 }, async () =>
      rawExchange(server.url, 'GET /livez HTTP/1.1\r\nHost: localhost\r\nX-Slow: '),
    );
    await get('/livez');
    const asked = performance.now();
    expect((await get('/livez')).status).toBe(200);
    expect(performance.now() - asked).toBeLessThan(100);
    for (const received of await Promise.all(slow)) expect(received).toMatch(/^HTTP\/1.1 408/u);
  });

  it('faults A9 row 97: connections past the limit are closed, and the others served', async () => {
    const { server, get } = await startTestServer({ users: 3, limits: { connections: 10 } });
    expect((await get('/livez')).status).toBe(200);
    const { hostname, port } = new URL(server.url);
    const idle = Array.from({ length: 30 }, () => connect(Number(port), hostname));
    let closed = 0;
    const enough = Promise.withResolvers<void>();
    for (const socket of idle) {
      socket.on('error', () => {});
      socket.on('close', () => {
        closed += 1;
        if (closed === 21) enough.resolve();
      });
    }
    await enough.promise;
    // The connection of before is one of the ten.
    expect((await get('/livez')).status).toBe(200);
    for (const socket of idle) socket.destroy();
  });

  it('faults A9 row 104: what a proxy might say of us or of the caller changes nothing', async () => {
    const { get, server, logged } = await startTestServer({ users: 300 });
    const answer = await get('/v1.0/users', {
      headers: {
        'x-forwarded-for': '203.0.113.9',
        'x-forwarded-host': 'attacker.example',
        'x-forwarded-proto': 'https',
        forwarded: 'for=203.0.113.9;host=attacker.example;proto=https',
      },
    });
    const body = (await answer.json()) as Record<string, string>;
    expect(body['@odata.nextLink']).toMatch(`${server.url}/`);
    await server.drain();
    expect(JSON.stringify([body, logged])).not.toMatch(/attacker|203\.0/u);
  });

  it.each(['a b', 'ok\u0001', 'x'.repeat(65), 'a,b', 'a"b'])(
    'faults A9 row 94: a client-request-id that is not plain is replaced: %j',
    async (claimed) => {
      const { server } = await startTestServer({ users: 3 });
      const received = await rawExchange(
        server.url,
        `${head}client-request-id: ${claimed}\r\n\r\n`,
      );
      expect(received).toMatch(/^HTTP\/1.1 (?:200|400)/u);
      expect(received).not.toContain(claimed);
    },
  );

  it('repeats a plain client-request-id', async () => {
    const { get } = await startTestServer({ users: 3 });
    const answer = await get('/livez', { headers: { 'client-request-id': 'e70c5c1b-8b47' } });
    expect(answer.headers.get('client-request-id')).toBe('e70c5c1b-8b47');
    expect(answer.headers.get('request-id')).toMatch(/^[\da-f-]{36}$/u);
  });
});

describe('a caller who leaves', () => {
  it('stops what is asked upstream, within 100 ms (faults A9 row 99)', async () => {
    const asked = Promise.withResolvers<void>();
    const stopped = Promise.withResolvers<number>();
    const { server, logged } = await startTestServer({
      users: 3,
      before: async (_page, signal) =>
        new Promise((_resolve, reject) => {
          asked.resolve();
          signal?.addEventListener('abort', () => {
            stopped.resolve(performance.now());
            reject(signal.reason as Error);
          });
        }),
    });
    const { hostname, port } = new URL(server.url);
    const socket = connect(Number(port), hostname);
    socket.write('GET /v1.0/users HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await asked.promise;
    const left = performance.now();
    socket.destroy();
    expect((await stopped.promise) - left).toBeLessThan(100);
    await server.drain();
    expect(logged.find(({ event }) => event === 'request-completed')?.fields).toMatchObject({
      complete: false,
      failure: 'CallerGone',
    });
  });
});

describe('stopping', () => {
  it('finishes what is under way, takes nothing new, and closes', async () => {
    const asked = Promise.withResolvers<void>();
    const release = Promise.withResolvers<void>();
    const { server, get } = await startTestServer({
      users: 3,
      limits: { announce: 50 },
      before: async () => {
        asked.resolve();
        await release.promise;
      },
    });
    const held = get('/v1.0/users');
    await asked.promise;
    const drained = server.drain();
    await expect
      .poll(async () =>
        get('/livez').then(
          () => 'served',
          () => 'refused',
        ),
      )
      .toBe('refused');
    release.resolve();
    const answer = await held;
    expect([answer.status, answer.headers.get('connection')]).toEqual([200, 'close']);
    await answer.json();
    await drained;
  });

  it('says 503 at /readyz first, and serves new connections meanwhile', async () => {
    const { server, get } = await startTestServer({ users: 3, limits: { announce: 300 } });
    expect((await get('/readyz')).status).toBe(200);
    const drained = server.drain();
    expect((await get('/readyz')).status).toBe(503);
    const answer = await get('/v1.0/users');
    expect([answer.status, answer.headers.get('connection')]).toEqual([200, 'close']);
    await answer.json();
    await drained;
  });

  it('faults A8 row 84: no request fails that began before the end of the announcement', async () => {
    const { server } = await startTestServer({ users: 3, limits: { announce: 200 } });
    const request = 'GET /v1.0/users HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n';
    const { hostname, port } = new URL(server.url);
    // Connections that were accepted, and whose requests are sent in pieces during the stop.
    const slow = Array.from({ length: 20 }, async (_, at) => {
      const socket = connect(Number(port), hostname);
      let received = '';
      socket.on('data', (data) => (received += String(data)));
      await once(socket, 'connect');
      await new Promise((resolve) => setTimeout(resolve, at * 20));
      socket.write(request.slice(0, 30));
      await new Promise((resolve) => setTimeout(resolve, 20));
      socket.write(request.slice(30));
      await once(socket, 'close');
      return received.slice(0, 12);
    });
    const drained = server.drain();
    expect(new Set(await Promise.all(slow))).toEqual(new Set(['HTTP/1.1 200']));
    await drained;
  });

  it('cuts what does not finish within the limit', async () => {
    const asked = Promise.withResolvers<void>();
    const stopped = Promise.withResolvers<unknown>();
    const { server, get } = await startTestServer({
      users: 3,
      limits: { drain: 20, announce: 0 },
      before: async (_page, signal) =>
        new Promise((_resolve, reject) => {
          asked.resolve();
          signal?.addEventListener('abort', () => {
            stopped.resolve(signal.reason);
            reject(signal.reason as Error);
          });
        }),
    });
    const held = get('/v1.0/users').catch((error: unknown) => error);
    await asked.promise;
    await server.drain();
    expect(await held).toMatchObject({ message: 'fetch failed' });
    expect(await stopped.promise).toMatchObject({ name: 'CallerGone' });
  });

  it('does not wait for connections that ask nothing', async () => {
    const { server } = await startTestServer({ users: 1 });
    const { hostname, port } = new URL(server.url);
    const socket = connect(Number(port), hostname);
    socket.write('GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await once(socket, 'data');
    const closed = once(socket, 'close');
    await server.drain();
    await expect(closed).resolves.toBeDefined();
  });
});
