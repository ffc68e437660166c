import { expect, test } from 'vitest';

import { createTestGraph } from '../testing/graph.ts';

const graph = createTestGraph({ users: 40, deletedUsers: 2 });
const id = graph.people.idOf(3);

test.each(['displayName', 'DISPLAYNAME', 'createdDateTime', 'accountEnabled', 'businessPhones'])(
  'the path /%s of a user is its value',
  async (path) => {
    const user = (await graph.get(`users/${id}?$select=${path}`)).json();
    const name = Object.keys(user).find((key) => !key.startsWith('@')) ?? '';
    const answer = await graph.get(`users/${id}/${path}`);
    expect(answer.status).toBe(200);
    expect(answer.json()).toEqual({
      '@odata.context': `https://graph.test:8443/v1.0/$metadata#users('${id}')/${name}`,
      value: user[name],
    });
  },
);

test.each(['displayName', 'accountEnabled', 'userPrincipalName'] as const)(
  'the path /%s/$value of a user is its text',
  async (name) => {
    const answer = await graph.get(`users/${id}/${name}/$value`);
    expect([answer.status, answer.headers['Content-Type']]).toEqual([200, 'text/plain']);
    expect(answer.text).toBe(JSON.stringify(graph.people.at(3)!.value(name)).replaceAll('"', ''));
  },
);

test('a property without a value is 204, and the text of a list is 400', async () => {
  const answer = await graph.get(`users/${id}/faxNumber`);
  expect([answer.status, answer.text]).toEqual([204, '']);
  expect((await graph.get(`users/${id}/businessPhones/$value`)).status).toBe(400);
  expect((await graph.get('users/x@y.z/displayName')).status).toBe(404);
  expect((await graph.get(`users/${id}/displayName/length`)).status).toBe(400);
});

test('a property of the sign-in activity needs its own role', async () => {
  expect((await graph.get(`users/${id}/signInActivity`)).status).toBe(403);
});

test('a deleted user is found by its ID among the deleted items, with its type', async () => {
  const [deleted] = graph.people.deleted();
  const key = deleted!.value('id') as string;
  const answer = await graph.get(`directory/deletedItems/${key}`);
  expect(answer.status).toBe(200);
  expect(answer.json()).toMatchObject({ '@odata.type': '#microsoft.graph.user', id: key });
  expect((await graph.get(`directory/deletedItems/${id}`)).status).toBe(404);
});
