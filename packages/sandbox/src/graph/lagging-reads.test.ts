import { expect, test } from 'vitest';

import { createReplicas } from '../directory/replicas.ts';
import { createPeople } from '../directory/create-people.ts';
import { createTestGraph } from './testing/graph.ts';

const eventual = { consistencylevel: 'eventual' };

/** A tenant whose only replica lags by ten seconds, and in which a user was created, one renamed and one deleted. */
function changedTenant() {
  const clock = { now: Date.UTC(2026, 5, 1, 12) };
  const options = { users: 20, seed: 7, tenantDomain: 'contoso.com', now: () => clock.now };
  const people = createPeople(options);
  const replicas = createReplicas(people, options, [10]);
  const graph = createTestGraph({ people, replicas, clock: { now: () => clock.now } });
  const [renamed, deleted] = [people.idOf(3), people.idOf(4)];
  const oldName = people.at(3)?.value('userPrincipalName') as string;
  clock.now += 60_000;
  const created = people.idOf(people.create({ userPrincipalName: 'new@contoso.com' }));
  people.update(3, { userPrincipalName: 'renamed@contoso.com' });
  people.remove(4);
  return { clock, graph, created, renamed, deleted, oldName };
}

test('lists, counts, ranges and single users are those of the replica until its lag is over', async () => {
  const { clock, graph, created, renamed, deleted, oldName } = changedTenant();
  const idsOf = async (path: string): Promise<unknown[]> =>
    (await graph.pages(path)).flatMap(({ value }) => value.map((user) => user['id']));
  const statusOf = async (key: string): Promise<number> =>
    (await graph.get(`users/${encodeURIComponent(key)}`)).status;
  const seen = async () => ({
    listed: await idsOf('users?$top=7'),
    ranged: await idsOf("users?$filter=userPrincipalName ge '0'"),
    sorted: await idsOf('users?$orderby=userPrincipalName'),
    count: (await graph.get('users/$count', eventual)).text,
    deletedItems: (await idsOf('directory/deletedItems/microsoft.graph.user')).length,
    statuses: [
      await statusOf(created),
      await statusOf(deleted),
      await statusOf(oldName),
      await statusOf('renamed@contoso.com'),
    ],
  });
  clock.now += 9_000;
  const early = await seen();
  expect(early).toMatchObject({ count: '20', deletedItems: 0, statuses: [404, 200, 200, 404] });
  for (const ids of [early.listed, early.ranged, early.sorted]) {
    expect(ids).toHaveLength(20);
    expect(ids).toEqual(expect.arrayContaining([deleted, renamed]));
  }
  clock.now += 2_000;
  const late = await seen();
  expect(late).toMatchObject({ count: '20', deletedItems: 1, statuses: [200, 404, 404, 200] });
  for (const ids of [late.listed, late.ranged, late.sorted]) {
    expect(ids).toHaveLength(20);
    expect(ids).not.toContain(deleted);
    expect(ids).toContain(created);
  }
});

test('a delta query reads the directory itself, so that a listing with its changes is complete', async () => {
  const { graph, created, deleted } = changedTenant();
  const pages = await graph.pages('users/delta?$select=id');
  const found = pages.flatMap(({ value }) =>
    value.filter((user) => user['@removed'] === undefined),
  );
  const ids = found.map((user) => user['id']);
  expect(ids).toContain(created);
  expect(ids).not.toContain(deleted);
});
