import { expect, it } from 'vitest';

import { fakeId } from '../testing/fake-graph.ts';
import { openFake } from '../testing/open-fake.ts';

it('says of every attempt what came of it, and nothing of whom or what was asked', async () => {
  const { directory, told } = await openFake({
    users: 3,
    intervene: (_, nth) =>
      nth === 1 ? { status: 503, headers: { 'request-id': 'req-1' } } : undefined,
  });
  await directory.users.count({ filter: "displayName eq 'Canary'" });
  await directory.users.get(fakeId(1));
  await directory.users.get('canary@contoso.example').catch(() => {});
  await directory.users.get('$canary@contoso.example').catch(() => {});
  for await (const page of directory.users.list().pages()) expect(page.items).toHaveLength(3);
  const count = '/v1.0/users/$count';
  const one = '/v1.0/users/{id}';
  expect(told.map((fields) => [fields?.['path'], fields?.['status']])).toEqual([
    [count, 503],
    [count, 200],
    [one, 200],
    [one, 404],
    [one, 404],
    [count, 200],
    ['/v1.0/users', 200],
    [count, 200],
  ]);
  expect(told[0]).toMatchObject({ method: 'GET', requestId: 'req-1' });
  expect(told.every((fields) => typeof fields?.['milliseconds'] === 'number')).toBe(true);
  expect(JSON.stringify(told).toLowerCase()).not.toContain('canary');
});

it('says when there was no answer', async () => {
  const { directory, told } = await openFake({ users: 1, intervene: () => new Error('reset') });
  await directory.users.count().catch(() => {});
  expect(told).toEqual([expect.objectContaining({ failed: 'stopped' })]);
});
