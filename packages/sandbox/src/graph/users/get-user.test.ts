import { describe, expect, test } from 'vitest';
import type { User } from '../../directory/people.ts';
import { createTestGraph, origin, type TestGraph } from '../testing/graph.ts';

function find(graph: TestGraph, fits: (upn: string) => boolean): User & { upn: string } {
  for (let slot = 0; slot < graph.people.slots; slot += 1) {
    const user = graph.people.at(slot)!;
    const upn = user.value('userPrincipalName') as string;
    if (fits(upn)) return Object.assign(user, { upn });
  }
  throw new Error('The seed has no such user');
}

describe('GET /users/{key}', () => {
  test('finds by id and by userPrincipalName, in any case', async () => {
    const graph = createTestGraph();
    const user = graph.people.at(3)!;
    const id = user.value('id') as string;
    const upn = user.value('userPrincipalName') as string;
    for (const key of [id, id.toUpperCase(), upn, upn.toUpperCase()]) {
      const body = (await graph.get(`users/${encodeURIComponent(key)}`)).json();
      expect(body['id']).toBe(id);
      expect(body['@odata.context']).toBe(`${origin}/v1.0/$metadata#users/$entity`);
    }
  });

  test('finds a guest whose # is escaped', async () => {
    const graph = createTestGraph({ users: 200 });
    const guest = find(graph, (upn) => upn.includes('#EXT#'));
    expect(guest.upn).toMatch(/^[^@]+_[^@]+#EXT#@contoso\.com$/);
    const body = (await graph.get(`users/${guest.upn.replaceAll('#', '%23')}`)).json();
    expect(body['userPrincipalName']).toBe(guest.upn);
  });

  test('takes a login that begins with $ only in parentheses', async () => {
    const graph = createTestGraph({ users: 12_000 });
    const { upn } = find(graph, (name) => name.startsWith('$'));
    expect((await graph.get(`users/${upn}`)).status).toBe(400);
    const quoted = encodeURIComponent(upn.replaceAll("'", "''"));
    const body = (await graph.get(`users('${quoted}')`)).json();
    expect(body['userPrincipalName']).toBe(upn);
  });

  test('an apostrophe is doubled in parentheses, and plain in a segment', async () => {
    const graph = createTestGraph({ users: 2000 });
    const { upn } = find(graph, (name) => name.includes("'"));
    const plain = await graph.get(`users/${encodeURIComponent(upn)}`);
    const quoted = await graph.get(`users('${encodeURIComponent(upn.replaceAll("'", "''"))}')`);
    expect(plain.json()['userPrincipalName']).toBe(upn);
    expect(quoted.json()['userPrincipalName']).toBe(upn);
  });

  test('an unknown user is 404 with the key in the message', async () => {
    const answer = await createTestGraph().get('users/unknown@contoso.com');
    expect(answer.status).toBe(404);
    expect(answer.json().error).toMatchObject({
      code: 'Request_ResourceNotFound',
      message:
        "Resource 'unknown@contoso.com' does not exist or one of its queried reference-property objects are not present.",
    });
  });

  test('a removed user is 404 until restored; a renamed one has only the new name', async () => {
    const graph = createTestGraph();
    const id = graph.people.idOf(5);
    graph.people.remove(5);
    expect((await graph.get(`users/${id}`)).status).toBe(404);
    graph.people.restore(5);
    expect((await graph.get(`users/${id}`)).status).toBe(200);
    const old = graph.people.at(5)!.value('userPrincipalName') as string;
    graph.people.update(5, { userPrincipalName: 'new.name@contoso.com' });
    expect((await graph.get('users/new.name@contoso.com')).json()['id']).toBe(id);
    expect((await graph.get(`users/${old}`)).status).toBe(404);
  });

  test('signInActivity is not given by userPrincipalName', async () => {
    const graph = createTestGraph({ roles: ['User.Read.All', 'AuditLog.Read.All'] });
    const user = graph.people.at(3)!;
    const upn = encodeURIComponent(user.value('userPrincipalName') as string);
    const byName = await graph.get(`users/${upn}?$select=signInActivity`);
    expect(byName.status).toBe(400);
    const byId = await graph.get(`users/${graph.people.idOf(3)}?$select=signInActivity`);
    expect(byId.status).toBe(200);
  });

  test('a single user may have what a collection may not', async () => {
    const graph = createTestGraph();
    const body = (await graph.get(`users/${graph.people.idOf(3)}?$select=id,aboutMe`)).json();
    expect(body).toMatchObject({ id: graph.people.idOf(3), aboutMe: null });
  });

  test('$expand=manager works on one user too', async () => {
    const graph = createTestGraph({ users: 50 });
    const { people } = graph;
    const slot = Array.from({ length: 50 }, (_, each) => each).find(
      (each) => people.managerOf(people.at(each)!) !== undefined,
    )!;
    const answer = await graph.get(`users/${people.idOf(slot)}?$select=id&$expand=manager`);
    const manager = people.managerOf(people.at(slot)!)!;
    expect(answer.json()['manager']).toMatchObject({ id: people.idOf(manager.slot) });
    const levels = await graph.get(`users/${people.idOf(slot)}?$expand=manager($levels=max)`);
    expect(levels.status).toBe(400);
  });

  test('a manager is a user with its type; without one it is 404', async () => {
    const graph = createTestGraph({ users: 50 });
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, slot) =>
        graph.get(`users/${graph.people.idOf(slot)}/manager`),
      ),
    );
    const found = answers.find(({ status }) => status === 200)!;
    expect(found.json()['@odata.type']).toBe('#microsoft.graph.user');
    const missing = answers.find(({ status }) => status === 404)!;
    expect(missing.json().error.message).toMatch(/^Resource 'manager' does not exist/);
  });
});
