import { describe, expect, it } from 'vitest';

import { startTestServer } from '../testing/start-test-server.ts';

const group = '11111111-2222-4333-8444-555555555555';
const ada = 'ada@contoso.example';

describe.each([
  [`/v1.0/groups/${group}/members/microsoft.graph.user`, { group }],
  [`/v1.0/groups/${group}/transitiveMembers/microsoft.graph.user`, { group, transitive: true }],
  ['/v1.0/directory/deletedItems/microsoft.graph.user', 'deleted'],
  [`/v1.0/users/${encodeURIComponent(ada)}/directReports/microsoft.graph.user`, { reportsOf: ada }],
])('GET %s', (path, of) => {
  it('asks for its collection, and leads through its pages by links of the same path', async () => {
    const { server, get, directory } = await startTestServer({ users: 12 });
    const ids = new Set<string>();
    let next: string | undefined = `${path}?$top=5&$select=id`;
    while (next !== undefined) {
      const body = (await (await get(next)).json()) as {
        readonly value: readonly { readonly id: string }[];
        readonly '@odata.nextLink'?: string;
      };
      for (const { id } of body.value) ids.add(id);
      next = body['@odata.nextLink']?.slice(server.url.length);
      expect(next ?? `${path}?$skiptoken=`).toContain(`${path}?$skiptoken=`);
    }
    expect(ids.size).toBe(12);
    expect(directory.asked).toHaveLength(3);
    for (const { what } of directory.asked) expect(what).toMatchObject({ of, select: ['id'] });
  });

  it('is counted as text', async () => {
    const { get, directory } = await startTestServer({ users: 12 });
    const answer = await get(`${path}/$count?$filter=accountEnabled%20eq%20true`);
    expect(await answer.text()).toBe('12');
    expect(directory.asked).toEqual([
      { name: 'count', what: { of, filter: 'accountEnabled eq true', search: undefined } },
    ]);
  });

  it('does not accept a page token of another collection', async () => {
    const { get, directory } = await startTestServer({ users: 12 });
    const body = (await (await get('/v1.0/users?$top=5')).json()) as Record<string, string>;
    const [, token] = body['@odata.nextLink']?.split('?') ?? [];
    const answer = await get(`${path}?${token}`);
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('Directory_ExpiredPageToken');
    expect(directory.asked).toHaveLength(1);
  });
});

it.each([
  '/v1.0/groups/Engineering/members/microsoft.graph.user',
  '/v1.0/groups/..%2Fusers/members/microsoft.graph.user',
  `/v1.0/groups/${group}/members`,
  `/v1.0/groups/${group}`,
  '/v1.0/directory/deletedItems',
])('GET %s is an error, and reads nothing', async (path) => {
  const { get, directory } = await startTestServer({ users: 3 });
  expect([400, 404]).toContain((await get(path)).status);
  expect(directory.asked).toEqual([]);
});
