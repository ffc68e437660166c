import { describe, expect, test } from 'vitest';

import { createTestGraph, type TestGraph } from '../testing/graph.ts';

const eventual = { consistencylevel: 'eventual' };
const roles = ['User.Read.All', 'GroupMember.Read.All'];
const graphOf = (users: number, more: object = {}) => createTestGraph({ users, roles, ...more });

async function idOf(graph: TestGraph, name: string): Promise<string> {
  const filter = `displayName eq '${name.replaceAll("'", "''")}'`;
  const { value } = (await graph.get(`groups?$filter=${filter}&$select=id`)).json();
  return String(value[0]?.['id']);
}

const slotsOf = (graph: TestGraph, users: readonly Readonly<Record<string, unknown>>[]) =>
  users.map(({ id }) => graph.people.byId(String(id))?.slot);

const every = (from: number, step: number, users: number): readonly number[] =>
  Array.from({ length: users }, (_, slot) => slot).filter(
    (slot) => slot >= from && (slot - from) % step === 0,
  );

describe('groups', () => {
  test('are listed in pages, found by name in any case, and counted in advanced queries', async () => {
    const graph = graphOf(100);
    const pages = await graph.pages('groups?$top=4&$select=id,displayName');
    expect(pages.map(({ value }) => value.length)).toEqual([4, 4, 3]);
    expect(pages[0]?.['@odata.context']).toMatch(/#groups\(id,displayName\)$/);
    for (const [filter, count] of [
      ["displayName eq 'engineering'", 1],
      ["displayName eq 'Reviewers'", 2],
      ["displayName eq 'Directors'' Circle'", 1],
      ["startsWith(displayName,'project')", 2],
      ["displayName in ('Sales','Finance') or mailNickname eq 'empty10'", 3],
      ["displayName eq 'None'", 0],
    ] as const) {
      expect((await graph.get(`groups?$filter=${filter}`)).json().value).toHaveLength(count);
      const counted = await graph.get(`groups/$count?$filter=${filter}`, eventual);
      expect(counted.text).toBe(String(count));
    }
  });

  test.each([
    'groups/$count',
    "groups?$filter=owners eq 'x'",
    'groups?$select=shoes',
    'groups/nonsense',
    'groups/x/y',
  ])('GET /%s is 400', async (path) => {
    expect((await graphOf(5).get(path)).status).toBe(400);
  });

  test('one that does not exist is 404, also by its members', async () => {
    const graph = graphOf(5);
    for (const path of [
      '',
      '/members',
      '/members/microsoft.graph.user',
      '/transitiveMembers/$count',
    ]) {
      const answer = await graph.get(
        `groups/11111111-1111-4111-8111-111111111111${path}`,
        eventual,
      );
      expect([answer.status, answer.json().error.code]).toEqual([404, 'Request_ResourceNotFound']);
    }
  });
});

describe('the members of a group', () => {
  test.each(['members', 'Members', 'transitiveMembers'])(
    'with the cast are its users, in pages: %s',
    async (segment) => {
      const graph = graphOf(200);
      const id = await idOf(graph, 'Engineering');
      const path = `groups/${id}/${segment}/microsoft.graph.user?$select=id&$top=7&$count=true`;
      const pages = await graph.pages(path, eventual);
      const leads = segment === 'transitiveMembers' ? every(7, 20, 200) : [];
      const expected = [...every(1, 5, 200), ...leads].toSorted((a, b) => a - b);
      expect(
        slotsOf(
          graph,
          pages.flatMap(({ value }) => value),
        ),
      ).toEqual(expected);
      expect(pages[0]?.['@odata.count']).toBe(expected.length);
      expect(pages[0]?.['@odata.nextLink']).toContain(
        `/groups/${id}/${segment}/microsoft.graph.user?`,
      );
      const counted = await graph.get(
        `groups/${id}/${segment}/microsoft.graph.user/$count`,
        eventual,
      );
      expect(counted.text).toBe(String(expected.length));
    },
  );

  test('of groups that contain each other are each listed once', async () => {
    const graph = graphOf(100);
    const both = [...every(4, 25, 100), ...every(9, 25, 100)].toSorted((a, b) => a - b);
    for (const name of ['Project Falcon', 'Project Falcon Partners']) {
      const path = `groups/${await idOf(graph, name)}/transitiveMembers/microsoft.graph.user`;
      expect(slotsOf(graph, (await graph.get(path)).json().value)).toEqual(both);
    }
  });

  test('without the cast state their type; the cast leaves out groups, devices and contacts', async () => {
    const graph = graphOf(20);
    const path = `groups/${await idOf(graph, 'Engineering')}/members`;
    const pages = await graph.pages(`${path}?$select=id,displayName&$top=3`);
    const types = pages.flatMap(({ value }) => value.map((each) => each['@odata.type']));
    const users = Array.from({ length: 4 }, () => '#microsoft.graph.user');
    expect(types).toEqual([
      ...users,
      ...['group', 'device', 'orgContact'].map((type) => `#microsoft.graph.${type}`),
    ]);
    expect((await graph.get(`${path}/microsoft.graph.user`)).json().value).toHaveLength(4);
  });

  test('do not include deleted users', async () => {
    const graph = graphOf(20);
    graph.people.remove(6);
    const path = `groups/${await idOf(graph, 'Engineering')}/members/microsoft.graph.user`;
    expect(slotsOf(graph, (await graph.get(path)).json().value)).toEqual([1, 11, 16]);
    expect((await graph.get(`${path}/$count`, eventual)).text).toBe('3');
  });

  test('are filtered and sorted in advanced queries only', async () => {
    const graph = graphOf(100);
    const path = `groups/${await idOf(graph, 'Sales')}/members/microsoft.graph.user`;
    for (const option of ['$filter=accountEnabled eq true', '$orderby=displayName']) {
      expect((await graph.get(`${path}?${option}`)).json().error.code).toBe(
        'Request_UnsupportedQuery',
      );
      expect((await graph.get(`${path}?${option}&$count=true`, eventual)).status).toBe(200);
    }
    const filtered = (
      await graph.get(
        `${path}?$filter=accountEnabled eq true&$count=true&$select=accountEnabled`,
        eventual,
      )
    ).json();
    expect(filtered['@odata.count']).toBe(filtered.value.length);
    expect(filtered.value.every((user) => user['accountEnabled'] === true)).toBe(true);
  });

  test('with the cast need an advanced query, when that is chosen', async () => {
    const graph = graphOf(20, { unsettled: { memberCast: 'refused' } });
    const path = `groups/${await idOf(graph, 'Sales')}/members/microsoft.graph.user`;
    expect((await graph.get(path)).json().error.code).toBe('Request_UnsupportedQuery');
    expect((await graph.get(`${path}?$count=true`, eventual)).status).toBe(200);
  });

  test.each([
    [['User.Read.All'], 403],
    [['User.Read.All', 'GroupMember.Read.All'], 200],
    [['Group.Read.All'], 200],
    [['Directory.Read.All'], 200],
  ])('with the permissions %j: %i', async (granted, status) => {
    const graph = graphOf(20);
    const path = `groups/${await idOf(graph, 'Sales')}/members/microsoft.graph.user`;
    for (const each of [path, 'groups'])
      expect((await createTestGraph({ users: 20, roles: granted }).get(each)).status).toBe(status);
  });

  test('have no properties but their ID for an application that may not read users', async () => {
    const graph = createTestGraph({ users: 20, roles: ['GroupMember.Read.All'] });
    const path = `groups/${await idOf(graph, 'Sales')}/members`;
    for (const each of [path, `${path}/microsoft.graph.user`]) {
      const { value } = (await graph.get(`${each}?$select=id,displayName,mail`)).json();
      expect(value[0]).toMatchObject({ id: graph.people.idOf(2), displayName: null, mail: null });
    }
  });

  test.each([
    ['members/microsoft.graph.user', '3'],
    ['members/microsoft.graph.user?$select=id', '2'],
    ['transitiveMembers/microsoft.graph.user', '5'],
    ['transitiveMembers/microsoft.graph.user?$select=id', '4'],
  ])('%s cost %s', async (path, cost) => {
    const graph = graphOf(20);
    const answer = await graph.get(`groups/${await idOf(graph, 'Sales')}/${path}`);
    expect(answer.headers['x-ms-resource-unit']).toBe(cost);
  });
});

test('memberOf of a user are its groups', async () => {
  const graph = graphOf(30);
  const path = `users/${graph.people.idOf(7)}?$select=id&$expand=memberOf`;
  expect((await graph.get(path)).json()['memberOf']).toEqual([
    expect.objectContaining({
      '@odata.type': '#microsoft.graph.group',
      displayName: 'Engineering Leads',
    }),
    expect.objectContaining({ displayName: 'Sales' }),
  ]);
});
