import { expect, it } from 'vitest';

import { fakeId } from '../testing/fake-graph.ts';
import { openFake } from '../testing/open-fake.ts';

it('says of every attempt what came of it, and nothing of whom or what was asked', async () => {
  const { directory, requests } = await openFake({
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
  expect(requests.map((fields) => [fields['path'], fields['status']])).toEqual([
    [count, 503],
    [count, 200],
    [one, 200],
    [one, 404],
    [one, 404],
    [count, 200],
    ['/v1.0/users', 200],
    [count, 200],
  ]);
  expect(requests[0]).toMatchObject({ method: 'GET', requestId: 'req-1' });
  expect(requests.every((fields) => typeof fields['duration'] === 'number')).toBe(true);
  expect(JSON.stringify(requests).toLowerCase()).not.toContain('canary');
});

it('says when there was no answer', async () => {
  const { directory, requests } = await openFake({ users: 1, intervene: () => new Error('reset') });
  await directory.users.count().catch(() => {});
  expect(requests).toEqual([expect.objectContaining({ error: 'aborted' })]);
});
