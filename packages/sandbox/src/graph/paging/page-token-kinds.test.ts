import { describe, expect, test } from 'vitest';
import { createTestGraph, type TestGraphOptions } from '../testing/graph.ts';

const eventual = { consistencylevel: 'eventual' };
const filtered = 'users?$top=2&$filter=accountEnabled eq true';
const range = "users?$top=2&$filter=userPrincipalName ge 'a'";

async function firstLink(options: TestGraphOptions, path: string, headers = {}) {
  const graph = createTestGraph({ users: 40, ...options });
  const body = (await graph.get(path, headers)).json();
  const link = body['@odata.nextLink']!;
  return { graph, link, token: link.slice(link.indexOf('$skiptoken=') + 11) };
}

describe('the kind of a page token', () => {
  test.each([
    ['users?$top=2', {}, 'RFNwdAI'],
    ['users?$top=2&$orderby=userPrincipalName', {}, 'RFNwdAI'],
    ['users?$top=2&$count=true', {}, 'RFNwdAI'],
    [filtered, {}, 'RFNwdAo'],
    ['users?$top=2&$filter=createdDateTime ge 2015-01-01T00:00:00Z', {}, 'RFNwdAo'],
    [range, {}, 'RFNwdAo'],
    [`${filtered}&$count=true`, eventual, 'm~AQAnOz'],
    ['users?$top=2&$count=true', eventual, 'm~AQAnOz'],
  ])('of %s with headers %j begins %3$s', async (path, headers, prefix) => {
    const { token } = await firstLink({}, path, headers);
    expect(token.startsWith(prefix)).toBe(true);
  });

  test('is that of a plain list when the filter is ignored as a whole', async () => {
    const options = { unsettled: { principalNameRange: 'ignored' } } as const;
    expect((await firstLink(options, range)).token).toMatch(/^RFNwdAI/);
    const both = await firstLink(options, `${range} and userPrincipalName le 'b'`);
    expect(both.token).toMatch(/^RFNwdAI/);
    const mixed = await firstLink(options, `${range} and accountEnabled eq true`);
    expect(mixed.token).toMatch(/^RFNwdAo/);
  });
});

describe('an idle time of filtered listings', () => {
  test('expires the token of a listing that was not used, and of no other kind', async () => {
    const { graph, link } = await firstLink({ filteredTokenIdleSeconds: 5 }, filtered);
    const plain = (await graph.get('users?$top=2')).json()['@odata.nextLink']!;
    graph.now += 5_001;
    const refused = await graph.get(link);
    expect([refused.status, refused.json().error.code]).toEqual([
      400,
      'Directory_ExpiredPageToken',
    ]);
    expect((await graph.get(plain)).status).toBe(200);
  });

  test('begins again with each request of the listing', async () => {
    const { graph, link } = await firstLink({ filteredTokenIdleSeconds: 5 }, filtered);
    let next = link;
    for (let page = 0; page < 4; page += 1) {
      graph.now += 4_000;
      const body = (await graph.get(next)).json();
      next = body['@odata.nextLink']!;
    }
    expect((await graph.get(next)).status).toBe(200);
  });

  test('absent: tokens of filtered listings never expire', async () => {
    const { graph, link } = await firstLink({}, filtered);
    graph.now += 365 * 86_400_000;
    expect((await graph.get(link)).status).toBe(200);
  });
});
