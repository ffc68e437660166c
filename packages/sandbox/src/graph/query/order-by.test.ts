import { expect, test } from 'vitest';
import { createTestGraph } from '../testing/graph.ts';

const sorted = 'users?$top=30&$select=userPrincipalName&$orderby=userPrincipalName';

test('userPrincipalName desc is the reverse of the ascending order, over pages', async () => {
  const graph = createTestGraph({ users: 70 });
  const names = async (path: string) =>
    (await graph.pages(path)).flatMap((page) =>
      page.value.map((user) => user['userPrincipalName']),
    );
  const ascending = await names(sorted);
  expect(ascending).toHaveLength(70);
  expect(await names(`${sorted} desc`)).toEqual(ascending.toReversed());
});

test('a renamed user is sorted by the new name', async () => {
  const graph = createTestGraph({ users: 10 });
  await graph.get(sorted);
  graph.people.update(4, { userPrincipalName: '0@contoso.com' });
  const body = (await graph.get(sorted)).json();
  expect(body.value[0]).toEqual({ userPrincipalName: '0@contoso.com' });
  expect(body.value).toHaveLength(10);
});

test('userPrincipalName desc is refused when that is chosen', async () => {
  const graph = createTestGraph({ unsettled: { principalNameDescending: 'refused' } });
  const refused = await graph.get(`${sorted} desc`);
  expect(refused.json().error.code).toBe('Request_UnsupportedQuery');
  expect((await graph.get(sorted)).status).toBe(200);
  expect((await graph.get('users?$orderby=displayName desc')).status).toBe(200);
});
