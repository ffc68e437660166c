import { DirectoryError } from '@rollcall/core';
import { describe, expect, it } from 'vitest';

import { startTestServer } from '../testing/start-test-server.ts';

/** Any code, which the classes of core do not allow. */
class TestError extends DirectoryError {}

interface Collection {
  readonly '@odata.context': string;
  readonly '@odata.count'?: number;
  readonly '@odata.nextLink'?: string;
  readonly value: readonly { readonly id: string }[];
}

interface GraphError {
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly innerError: Record<string, string>;
  };
}

describe('GET /v1.0/users', () => {
  it("gives Graph's collection, a hundred users when nothing is asked", async () => {
    const { server, get, directory } = await startTestServer({ users: 250 });
    const answer = await get('/v1.0/users');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
    const body = (await answer.json()) as Collection;
    expect(body['@odata.context']).toBe(`${server.url}/v1.0/$metadata#users`);
    expect(body.value).toHaveLength(100);
    expect(body['@odata.nextLink']).toMatch(`${server.url}/v1.0/users?$skiptoken=`);
    expect(directory.asked).toEqual([{ name: 'page', what: { pageSize: 100 }, link: undefined }]);
  });

  it('leads through every page by its own links, each user once, and repeats the query with each', async () => {
    const { get, server, directory } = await startTestServer({ users: 2_500 });
    const seen = new Set<string>();
    let next: string | undefined = '/v1.0/users?$top=999&$select=id,displayName';
    let pages = 0;
    while (next !== undefined) {
      const body = (await (await get(next)).json()) as Collection;
      for (const user of body.value) seen.add(user.id);
      expect(body['@odata.context']).toContain('#users(id,displayName)');
      next = body['@odata.nextLink']?.slice(server.url.length);
      pages += 1;
    }
    expect([seen.size, pages]).toEqual([2_500, 3]);
    for (const { what } of directory.asked)
      expect(what).toEqual({ pageSize: 999, select: ['id', 'displayName'] });
  });

  it('passes every query option on, with or without its dollar', async () => {
    const { get, directory } = await startTestServer({ users: 3 });
    const answer = await get(
      "/v1.0/users?$filter=surname+eq+'O''Brien'&search=%22displayName%3Awa%22&$orderby=displayName%20desc,id&$expand=manager&$count=true&$top=2",
      { headers: { ConsistencyLevel: 'eventual' } },
    );
    expect(((await answer.json()) as Collection)['@odata.count']).toBe(3);
    expect(directory.asked[0]?.what).toEqual({
      filter: "surname eq 'O''Brien'",
      search: '"displayName:wa"',
      orderBy: ['displayName desc', 'id'],
      expand: 'manager',
      count: true,
      pageSize: 2,
    });
  });

  it('accepts names of options and properties in any case, and returns Graph’s spelling', async () => {
    const { get, directory } = await startTestServer({ users: 3 });
    for (const query of [
      '$select=ID,displayname&$orderby=DISPLAYNAME desc',
      '%24Select=id,DisplayName&OrderBy=displayName%20desc',
      '$SELECT=Id,DISPLAYNAME&$orderBy=displayname%20desc',
    ]) {
      const body = (await (await get(`/v1.0/users?${query}`)).json()) as Collection;
      expect(body['@odata.context']).toMatch(/#users\(id,displayName\)$/u);
      expect(directory.asked.at(-1)?.what).toMatchObject({
        select: ['id', 'displayName'],
        orderBy: ['displayName desc'],
      });
    }
  });

  it.each([
    ['a made-up token', 'AAAA'],
    ['a link of the caller’s own', btoa('https://attacker.example/v1.0/users')],
    ['nothing', ''],
  ])('follows no link but its own: %s', async (_what, token) => {
    const { get, directory } = await startTestServer({ users: 300 });
    const answer = await get(`/v1.0/users?$skiptoken=${token}`);
    expect(answer.status).toBe(400);
    expect(((await answer.json()) as GraphError).error.code).toBe('Directory_ExpiredPageToken');
    expect(directory.asked).toEqual([]);
  });

  it('rejects a second query together with a link', async () => {
    const { get } = await startTestServer({ users: 300 });
    const first = (await (await get('/v1.0/users')).json()) as Collection;
    const answer = await fetch(`${first['@odata.nextLink']}&$top=5`);
    expect(answer.status).toBe(400);
  });

  it.each(['0', '1000', '-1', '1e9', '1.5', ' 5', ''])('refuses $top=%s with 400', async (top) => {
    const { get, directory } = await startTestServer({ users: 3 });
    const answer = await get(`/v1.0/users?$top=${encodeURIComponent(top)}`);
    expect(answer.status).toBe(400);
    const { error } = (await answer.json()) as GraphError;
    expect(error.code).toBe('Request_UnsupportedQuery');
    expect(error.message).toContain('$top');
    expect(error.innerError['request-id']).toBe(answer.headers.get('request-id'));
    expect(directory.asked).toEqual([]);
  });

  it.each([
    ['E_FORBIDDEN', 502, 'upstream_permission'],
    ['E_TOKEN_REFUSED', 502, 'upstream_authentication'],
    ['E_THROTTLED', 503, 'serviceNotAvailable'],
    ['E_UNAVAILABLE', 503, 'serviceNotAvailable'],
    ['E_NETWORK', 502, 'upstream_unreachable'],
    ['E_TIMEOUT', 504, 'upstream_timeout'],
    ['E_BAD_BODY', 502, 'upstream_refused'],
    ['E_BAD_REQUEST', 400, 'BadRequest'],
  ] as const)('answers %s upstream with %i in Graph’s body', async (code, status, graphCode) => {
    const { get, logged } = await startTestServer({
      users: 3,
      before: () => {
        throw new TestError(code, 'canary-text of tenant contoso', { hint: 'canary-hint' });
      },
    });
    const answer = await get('/v1.0/users');
    const text = await answer.text();
    expect([answer.status, (JSON.parse(text) as GraphError).error.code]).toEqual([
      status,
      graphCode,
    ]);
    expect(answer.headers.has('retry-after')).toBe(status === 503);
    expect(text + JSON.stringify(logged)).not.toContain('canary');
  });

  it('responds to an unexpected error with 500, without its message', async () => {
    const { get } = await startTestServer({
      users: 3,
      before: () => {
        throw new TypeError('canary at Object.<anonymous> (/srv/app.js:1:1)');
      },
    });
    const answer = await get('/v1.0/users');
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toMatch(/canary|at .*\(/u);
  });

  it('gives up with 504 when its own time is over, and stops asking upstream', async () => {
    const { get, directory } = await startTestServer({
      users: 3,
      limits: { request: 20 },
      before: async (_page, signal) =>
        new Promise((_resolve, reject) => {
          signal?.addEventListener('abort', () => reject(signal.reason as Error));
        }),
    });
    expect((await get('/v1.0/users')).status).toBe(504);
    expect(directory.aborted).toHaveLength(1);
  });

  it('turns away what comes past the limit, with Retry-After, and serves again afterwards', async () => {
    const release = Promise.withResolvers<void>();
    const bothWait = Promise.withResolvers<void>();
    let waiting = 0;
    const { get } = await startTestServer({
      users: 3,
      limits: { reads: 2 },
      before: async () => {
        waiting += 1;
        if (waiting === 2) bothWait.resolve();
        await release.promise;
      },
    });
    const held = [get('/v1.0/users'), get('/v1.0/users')];
    await bothWait.promise;
    const refused = await get('/v1.0/users');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5']);
    release.resolve();
    expect((await Promise.all(held)).map(({ status }) => status)).toEqual([200, 200]);
    expect((await get('/v1.0/users')).status).toBe(200);
  });
});
