import { describe, expect, it } from 'vitest';

import { startTestServer } from '../testing/start-test-server.ts';

describe('faults A9 row 96: a request that a browser makes for a page of another site', () => {
  it.each<Record<string, string>>([
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' },
    { 'sec-fetch-site': 'unknown' },
    { origin: 'https://attacker.example' },
    { origin: 'null' },
    { origin: 'http://localhost.attacker.example' },
    { origin: 'http://localhost/path' },
    { origin: 'http://localhost', 'sec-fetch-site': 'cross-site' },
    { origin: 'file://' },
  ])('%j is refused, and nothing is read', async (headers) => {
    const { get, directory } = await startTestServer({ users: 3 });
    for (const path of ['/v1.0/users', '/users.ndjson', '/v1.0/users/$count', '/livez']) {
      const answer = await get(path, { headers });
      expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([
        403,
        null,
      ]);
    }
    expect(directory.asked).toEqual([]);
  });

  it('a preflight request grants nothing', async () => {
    const { get } = await startTestServer({ users: 3 });
    const answer = await get('/v1.0/users', {
      method: 'OPTIONS',
      headers: { origin: 'https://attacker.example', 'access-control-request-method': 'GET' },
    });
    expect(answer.status).toBe(403);
    expect([...answer.headers.keys()].filter((name) => name.startsWith('access-'))).toEqual([]);
  });

  it.each<Record<string, string>>([
    {},
    { 'sec-fetch-site': 'none' },
    { 'sec-fetch-site': 'same-origin', origin: 'http://127.0.0.1' },
    { origin: 'http://localhost' },
  ])('a program, a user and a page of the server itself are served: %j', async (headers) => {
    const { get } = await startTestServer({ users: 3 });
    expect((await get('/v1.0/users', { headers })).status).toBe(200);
  });
});
