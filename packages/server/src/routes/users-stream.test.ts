import { connect } from 'node:net';

import { describe, expect, it } from 'vitest';

import { rawExchange } from '../testing/raw-exchange.ts';
import { startTestServer } from '../testing/start-test-server.ts';

const ask = (path: string) =>
  `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`;

describe('the whole directory', () => {
  it('ends NDJSON with its end record', async () => {
    const { get } = await startTestServer({ users: 2_500 });
    const answer = await get('/users.ndjson');
    expect(answer.headers.get('content-type')).toBe('application/x-ndjson');
    const lines = (await answer.text()).trimEnd().split('\n');
    expect(lines).toHaveLength(2_501);
    expect(
      new Set(lines.slice(0, -1).map((line) => (JSON.parse(line) as { id: string }).id)).size,
    ).toBe(2_500);
    expect(JSON.parse(lines.at(-1) ?? '')).toEqual({
      '@complete': true,
      reconciled: true,
      count: 2_500,
      receipt: { complete: true, reconciled: true, users: 2_500, query: {} },
    });
  });

  it.each([0, 1, 2_000])('gives %i users as JSON and as CSV', async (users) => {
    const { get } = await startTestServer({ users });
    expect((await (await get('/users.json')).json()) as unknown[]).toHaveLength(users);
    const csv = await get('/users.csv?$select=id,displayName');
    expect(csv.headers.get('content-disposition')).toBe('inline; filename="users.csv"');
    const rows = (await csv.text()).trimEnd().split('\r\n');
    expect(rows).toHaveLength(users + 1);
    expect(rows[0]).toBe('id,displayName');
  });

  it('has columns for what is expanded', async () => {
    const { get } = await startTestServer({ users: 1 });
    const csv = await (await get('/users.csv?$select=id&$expand=manager($select=mail)')).text();
    expect(csv.split('\r\n')[0]).toBe('id,manager.mail');
  });

  it('says that an empty directory is complete', async () => {
    const { get } = await startTestServer({ users: 0 });
    const text = await (await get('/users.ndjson')).text();
    expect(JSON.parse(text)).toMatchObject({ '@complete': true, reconciled: true, count: 0 });
  });

  it('lists nothing for a HEAD', async () => {
    const { get, directory } = await startTestServer({ users: 3 });
    const answer = await get('/users.ndjson', { method: 'HEAD' });
    expect([answer.status, await answer.text()]).toEqual([200, '']);
    expect(directory.pages).toBe(0);
  });

  it.each(['/users.ndjson?$filter=invalid', '/users.csv?$top=5', '/users.json?x=1'])(
    'a HEAD of %s has the status of a GET',
    async (path) => {
      const { get } = await startTestServer({ users: 3 });
      const head = await get(path, { method: 'HEAD' });
      expect([head.status, (await get(path)).status]).toEqual([400, 400]);
    },
  );

  it.each([
    ['ndjson', true, true],
    ['ndjson', false, true],
    ['ndjson', null, true],
    ['csv', true, true],
    ['csv', false, false],
    ['csv', null, true],
    ['json', true, true],
    ['json', false, false],
    ['json', null, true],
  ])(
    'faults A9 row 102: %s of a listing with reconciled %j ends with a final chunk: %j',
    async (format, reconciled, isWhole) => {
      const { server } = await startTestServer({ users: 30, reconciled });
      const received = await rawExchange(server.url, ask(`/users.${format}`));
      expect(received.endsWith('0\r\n\r\n')).toBe(isWhole);
      expect(received.includes('Person 29') || !isWhole).toBe(true);
      const isStated = received.includes(`"reconciled":${String(reconciled)},`);
      expect(isStated).toBe(format === 'ndjson');
    },
  );

  it.each(['csv', 'json'])(
    '%s of an unconfirmed listing ends for a lenient caller',
    async (format) => {
      const { get } = await startTestServer({ users: 30, reconciled: false });
      const headers = { prefer: 'respond-async, handling=lenient' };
      const answer = await get(`/users.${format}`, { headers });
      expect(answer.headers.get('preference-applied')).toBe('handling=lenient');
      expect(await answer.text()).toContain('Person 29');
    },
  );

  it('takes a query and refuses a page size', async () => {
    const { get, directory } = await startTestServer({ users: 3 });
    await (await get('/users.ndjson?$filter=a%20eq%20b&$select=id')).text();
    expect(directory.asked).toEqual([{ name: 'list', what: { filter: 'a eq b', select: ['id'] } }]);
    expect((await get('/users.ndjson?$top=5')).status).toBe(400);
  });

  it.each(['ndjson', 'csv', 'json'])(
    'faults A9 row 102: %s is cut, not ended, when the directory fails after the first page',
    async (format) => {
      const { server, logged } = await startTestServer({
        users: 2_500,
        before: (page) => {
          if (page === 2) throw new Error('canary');
        },
      });
      const received = await rawExchange(server.url, ask(`/users.${format}`));
      expect(received.slice(0, 12)).toBe('HTTP/1.1 200');
      expect(received.includes('Person 999')).toBe(true);
      expect(received.includes('@complete')).toBe(false);
      expect(received.endsWith('0\r\n\r\n')).toBe(false);
      expect(received.includes('canary')).toBe(false);
      await server.drain();
      expect(logged.find(({ event }) => event === 'request-completed')?.fields).toMatchObject({
        complete: false,
        users: 1_998,
      });
    },
  );

  it('faults A9 row 102: a listing that ends without its proof gets no end record either', async () => {
    const { server } = await startTestServer({ users: 2_500, unproved: true });
    const received = await rawExchange(server.url, ask('/users.ndjson'));
    expect(received.includes('Person 2499')).toBe(true);
    expect(received.includes('@complete')).toBe(false);
    expect(received.endsWith('0\r\n\r\n')).toBe(false);
  });

  it('still has a status when the first page fails', async () => {
    const { get } = await startTestServer({
      users: 3,
      before: () => {
        throw new Error('first');
      },
    });
    const answer = await get('/users.csv');
    expect([
      answer.status,
      answer.headers.get('content-type'),
      answer.headers.get('content-disposition'),
    ]).toEqual([500, 'application/problem+json; charset=utf-8', null]);
  });

  it('faults A9 row 100: streams past the limit get 503, and no listing upstream', async () => {
    const release = Promise.withResolvers<void>();
    const { get, directory } = await startTestServer({
      users: 3,
      limits: { streams: 2 },
      before: async () => release.promise,
    });
    const answers = Array.from({ length: 50 }, async () => {
      const answer = await get('/users.ndjson');
      // The first two continue only after all others were refused.
      refused += answer.status === 503 ? 1 : 0;
      if (refused === 48) release.resolve();
      await answer.text();
      return [answer.status, answer.headers.get('retry-after')];
    });
    let refused = 0;
    const all = await Promise.all(answers);
    expect(all.filter(([status]) => status === 200)).toHaveLength(2);
    expect(all.filter(([status, after]) => status === 503 && after === '5')).toHaveLength(48);
    expect(directory.asked).toHaveLength(2);
  });
});

describe('a reader', () => {
  it('faults A9 row 98: who takes nothing is cut after the stall limit, and no more pages are read', async () => {
    let pages = 0;
    const { server, logged } = await startTestServer({
      users: 1_000_000,
      limits: { stall: 100 },
      before: () => {
        pages += 1;
      },
    });
    const { hostname, port } = new URL(server.url);
    const socket = connect(Number(port), hostname);
    socket.pause();
    socket.write(ask('/users.ndjson'));
    const closed = Promise.withResolvers<void>();
    socket.on('error', () => {});
    socket.on('close', () => closed.resolve());
    while (!logged.some(({ event }) => event === 'request-completed'))
      await new Promise((resolve) => setImmediate(resolve));
    expect(logged.find(({ event }) => event === 'request-completed')?.fields).toMatchObject({
      complete: false,
    });
    // What fits into the sockets' buffers, out of a thousand.
    expect(pages).toBeLessThan(200);
    socket.destroy();
    await closed.promise;
  });

  it('faults A9 row 99: who leaves stops the listing, and frees its place', async () => {
    let pages = 0;
    const { server, logged, get } = await startTestServer({
      users: 1_000_000,
      limits: { streams: 1 },
      before: () => {
        pages += 1;
      },
    });
    const controller = new AbortController();
    const answer = await get('/users.ndjson', { signal: controller.signal });
    await answer.body?.getReader().read();
    controller.abort();
    while (!logged.some(({ event }) => event === 'request-completed'))
      await new Promise((resolve) => setImmediate(resolve));
    const then = pages;
    expect(then).toBeLessThan(900);
    const head = await get('/users.ndjson', { method: 'HEAD' });
    expect(head.status).toBe(200);
    expect(pages).toBe(then);
    await server.drain();
  });
});
