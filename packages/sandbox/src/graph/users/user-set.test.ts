import { describe, expect, test } from 'vitest';

import { createTestGraph } from '../testing/graph.ts';

const deleted = 'directory/deletedItems/microsoft.graph.user';
const eventual = { consistencylevel: 'eventual' };

describe('deleted users', () => {
  test('are listed in pages under the cast, with the time of the deletion', async () => {
    const graph = createTestGraph({ users: 20, deletedUsers: 7 });
    graph.people.remove(3);
    const pages = await graph.pages(`${deleted}?$top=3&$select=id,deletedDateTime`);
    expect(pages.map(({ value }) => value.length)).toEqual([3, 3, 2]);
    expect(pages[0]?.['@odata.context']).toMatch(/#users\(id,deletedDateTime\)$/);
    const users = pages.flatMap(({ value }) => value);
    const expected = [3, 20, 21, 22, 23, 24, 25, 26].map((slot) => graph.people.idOf(slot));
    expect(users.map(({ id }) => id)).toEqual(expected);
    expect(users[0]?.['deletedDateTime']).toBe('2026-06-01T12:00:00Z');
    const [oldest] = users.map(({ deletedDateTime }) => String(deletedDateTime)).toSorted();
    expect(Date.parse(oldest ?? '')).toBeGreaterThan(graph.now - 30 * 86_400_000);
  });

  test('have a userPrincipalName that begins with their ID', async () => {
    const graph = createTestGraph({ users: 5 });
    const before = graph.people.at(2)!.value('userPrincipalName') as string;
    graph.people.remove(2);
    const [user] = (await graph.get(deleted)).json().value;
    const id = graph.people.idOf(2).replaceAll('-', '');
    expect(user?.['userPrincipalName']).toBe(`${id}${before}`);
    graph.people.restore(2);
    expect(graph.people.at(2)!.value('userPrincipalName')).toBe(before);
    expect(graph.people.at(2)!.value('deletedDateTime')).toBe(null);
  });

  test('leave the list when they are restored or purged', async () => {
    const graph = createTestGraph({ users: 5, deletedUsers: 3 });
    graph.people.restore(5);
    graph.people.purge(6);
    expect((await graph.get(`${deleted}?$select=id`)).json().value).toEqual([
      { id: graph.people.idOf(7) },
    ]);
    expect((await graph.get('users?$select=id')).json().value).toHaveLength(6);
  });

  test.each(['', "?$filter=userType eq 'Member'", "?$filter=userType eq 'Guest'"])(
    'are counted by /$count%s, with ConsistencyLevel only',
    async (filter) => {
      const graph = createTestGraph({ users: 5, deletedUsers: 40 });
      const { length } = (await graph.get(`${deleted}${filter}`)).json().value;
      expect(length).toBeGreaterThan(0);
      const answer = await graph.get(`${deleted}/$count${filter}`, eventual);
      expect(answer.text).toBe(String(length));
      const bare = await graph.get(`${deleted}/$count${filter}`);
      expect(bare.json().error.code).toBe('Request_BadRequest');
    },
  );

  test('are sorted by the time of the deletion in an advanced query only', async () => {
    const graph = createTestGraph({ users: 5, deletedUsers: 9 });
    const path = `${deleted}?$orderby=deletedDateTime desc&$select=deletedDateTime&$top=4`;
    expect((await graph.get(path)).json().error.code).toBe('Request_UnsupportedQuery');
    const pages = await graph.pages(`${path}&$count=true`, eventual);
    expect(pages[0]?.['@odata.count']).toBe(9);
    const times = pages.flatMap(({ value }) =>
      value.map((user) => String(user['deletedDateTime'])),
    );
    expect(times).toHaveLength(9);
    expect(times).toEqual(times.toSorted().toReversed());
  });

  test.each(['directory/deletedItems', 'directory/deletedItems/$count', 'directory/x'])(
    '/%s without the type of the items is 400',
    async (path) => {
      expect((await createTestGraph().get(path, eventual)).status).toBe(400);
    },
  );

  test('take the permissions that reading users takes', async () => {
    for (const [roles, status] of [
      [['User.Read.All'], 200],
      [['GroupMember.Read.All'], 403],
    ] as const) {
      expect((await createTestGraph({ roles }).get(deleted)).status).toBe(status);
    }
  });
});

test('direct reports are counted and filtered in advanced queries', async () => {
  const graph = createTestGraph({ users: 200 });
  const path = `users/${graph.people.idOf(0)}/directReports/microsoft.graph.user`;
  const all = (await graph.get(path)).json().value;
  expect((await graph.get(`${path}/$count`, eventual)).text).toBe(String(all.length));
  const filter = "$filter=startsWith(displayName,'A')&$count=true";
  const { value } = (await graph.get(`${path}?${filter}`, eventual)).json();
  expect(value).toEqual(all.filter((user) => String(user['displayName']).startsWith('A')));
});
