import { expect, it } from 'vitest';

import type { HttpRequest } from '../ports.ts';
import { fakeId, type Turn } from '../testing/fake-graph.ts';
import { openFake } from '../testing/open-fake.ts';
import type { ChangesPage } from './changes.ts';

const delta = 'https://graph.example/v1.0/users/delta';
const user = (at: number): { id: string } => ({ id: fakeId(at) });

function world(intervene: (request: HttpRequest, nth: number) => Turn) {
  return openFake({ users: 0, intervene });
}

async function collect(pages: AsyncIterable<ChangesPage>): Promise<ChangesPage[]> {
  const all: ChangesPage[] = [];
  for await (const page of pages) all.push(page);
  return all;
}

it('follows a round to its delta link, and begins the next one there', async () => {
  const removed = { ...user(1), '@removed': { reason: 'deleted' } };
  const { directory, graph } = await world((_request, nth) => ({
    body: [
      { value: [user(1), user(2), user(1)], '@odata.nextLink': `${delta}?$skiptoken=a` },
      { value: [], '@odata.nextLink': `${delta}?$skiptoken=b` },
      { value: [user(1)], '@odata.deltaLink': `${delta}?$deltatoken=c` },
      { value: [removed], '@odata.deltaLink': `${delta}?$deltatoken=d` },
    ][nth - 1],
  }));
  const first = await collect(directory.users.changes(undefined, { select: ['displayName'] }));
  expect(graph.requests[0]?.url.search).toBe('?$select=id,displayName');
  // Order and repeats are kept: the last word about a user counts.
  expect(first.flatMap(({ items }) => items.map(({ id }) => id))).toEqual([1, 2, 1, 1].map(fakeId));
  expect(first.map(({ end }) => end?.deltaLink)).toEqual([
    undefined,
    undefined,
    `${delta}?$deltatoken=c`,
  ]);
  const second = await collect(directory.users.changes(first.at(-1)?.end));
  expect(graph.requests[3]?.url.search).toBe('?$deltatoken=c');
  expect(second[0]?.items).toEqual([removed]);
});

it('can begin at this very moment, without a first round', async () => {
  const { directory, graph } = await world(() => ({
    body: { value: [], '@odata.deltaLink': `${delta}?$deltatoken=now` },
  }));
  await collect(directory.users.changes('latest'));
  expect(graph.requests[0]?.url.search).toBe('?$deltatoken=latest');
});

it('faults A4 row 40: a round that ends without a delta link is an error', async () => {
  const { directory } = await world(() => ({ body: { value: [user(1)] } }));
  await expect(collect(directory.users.changes())).rejects.toMatchObject({ code: 'E_PROTOCOL' });
});

it.each<[string, Turn]>([
  ['410', { status: 410, headers: { 'request-id': 'r', location: 'https://attacker.example/' } }],
  ['syncStateNotFound', { status: 400, body: { error: { code: 'syncStateNotFound' } } }],
])('says when the link is forgotten (%s), and follows no Location', async (_name, turn) => {
  const { directory, graph } = await world(() => turn);
  const round = directory.users.changes(`${delta}?$deltatoken=old`);
  await expect(collect(round)).rejects.toMatchObject({ code: 'E_DELTA_RESET', retryable: false });
  expect(graph.requests).toHaveLength(1);
});

it('faults A4 row 34: a delta link of another place is refused before anything is sent', async () => {
  const { directory, graph } = await world(() => undefined);
  for (const link of [
    'https://attacker.example/v1.0/users/delta?$deltatoken=a',
    'https://graph.example/v1.0/groups/delta?$deltatoken=a',
    'https://graph.example/v1.0/users?$skiptoken=a',
  ])
    await expect(collect(directory.users.changes(link))).rejects.toMatchObject({
      code: 'E_FOREIGN_LINK',
    });
  expect(graph.requests).toHaveLength(0);
});
