import { describe, expect, it } from 'vitest';

import { routes } from './routes.ts';
import { rawExchange } from './testing/raw-exchange.ts';
import { startTestServer } from './testing/start-test-server.ts';

const paths = Object.values(routes).map(({ path, method }) => ({
  path: path.replace(':id', 'someone'),
  allow: method ?? 'GET, HEAD',
}));

describe('the HTTP surface', () => {
  it.each(paths)('$path takes $allow and names it in a 405', async ({ path, allow }) => {
    const { get, directory } = await startTestServer({ users: 3 });
    for (const method of ['GET', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']) {
      if (allow.startsWith(method)) continue;
      const answer = await get(path, { method });
      expect([method, answer.status, answer.headers.get('allow')]).toEqual([method, 405, allow]);
    }
    expect(directory.asked).toEqual([]);
  });

  it.each(['/livez', '/v1.0/users', '/nowhere', '/v1.0/users?$top=0'])(
    'guards what it sends: %s',
    async (path) => {
      const { get } = await startTestServer({ users: 3 });
      const { headers } = await get(path);
      expect(Object.fromEntries(headers)).toMatchObject({
        'cache-control': 'no-store',
        'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
        'cross-origin-resource-policy': 'same-origin',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
      });
      for (const absent of ['x-powered-by', 'access-control-allow-origin', 'server'])
        expect(headers.has(absent)).toBe(false);
    },
  );

  it('answers a path it does not have with problem+json, and with Graph’s body under /v1.0', async () => {
    const { get } = await startTestServer({ users: 3 });
    const outside = await get('/metrics/nothing');
    expect([outside.status, outside.headers.get('content-type')]).toEqual([
      404,
      'application/problem+json; charset=utf-8',
    ]);
    expect(await outside.json()).toEqual({
      type: 'urn:rollcall:problem:no_such_route',
      title: 'Not found',
      status: 404,
      detail: 'The server has no endpoint with this path.',
      instance: `urn:uuid:${outside.headers.get('request-id')}`,
      code: 'no_such_route',
    });
    const inside = await get('/v1.0/groups');
    expect(await inside.json()).toMatchObject({ error: { code: 'Request_ResourceNotFound' } });
  });

  it('is strict about the case and the end of a path that is not Graph’s', async () => {
    const { get } = await startTestServer({ users: 3 });
    for (const path of ['/Livez', '/livez/', '/Users.ndjson', '/users.csv/'])
      expect((await get(path)).status).toBe(404);
  });

  it('logs routes, never paths, queries or users', async () => {
    const { get, logged, server } = await startTestServer({ users: 3 });
    await get("/v1.0/users?$filter=surname eq 'canary'");
    await get('/v1.0/users/canary@contoso.example');
    await get('/canary');
    await server.drain();
    const lines = logged.filter(({ event }) => event === 'request-completed');
    expect(lines.map(({ fields }) => [fields?.['route'], fields?.['status']])).toEqual([
      ['/v1.0/users', 200],
      ['/v1.0/users/:id', 404],
      [undefined, 404],
    ]);
    expect(JSON.stringify(logged)).not.toContain('canary');
  });

  it('answers no name but its own (faults A9 row 96: Host)', async () => {
    const { server, directory } = await startTestServer({ users: 3 });
    const { host, port } = new URL(server.url);
    const ask = async (...hosts: string[]): Promise<string> =>
      rawExchange(
        server.url,
        `GET /v1.0/users HTTP/1.1\r\n${hosts.map((name) => `Host: ${name}\r\n`).join('')}Connection: close\r\n\r\n`,
      );
    for (const good of [host, `localhost:${port}`, 'LOCALHOST', `[::1]:${port}`])
      expect(await ask(good)).toMatch(/^HTTP\/1.1 200/u);
    expect(directory.asked).toHaveLength(4);
    for (const bad of [
      'attacker.example',
      `attacker.example:${port}`,
      '127.0.0.1.attacker.example',
      'localhost@attacker.example',
      '127.0.0.1,hostile',
      '',
    ])
      expect([bad, (await ask(bad)).slice(0, 12)]).toEqual([bad, 'HTTP/1.1 421']);
    expect(await ask(host, 'attacker.example')).toMatch(/^HTTP\/1.1 4\d\d/u);
    expect(directory.asked).toHaveLength(4);
  });
});
