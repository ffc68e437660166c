import { expect, test } from 'vitest';
import { createTestGraph } from '../testing/graph.ts';

test('users that were written before are the same, and those that changed are new', async () => {
  const graph = createTestGraph({ users: 200 });
  const path = 'users?$top=999&$select=id,jobTitle';
  const first = (await graph.get(path)).json();
  expect((await graph.get(path)).json()).toEqual(first);
  graph.people.update(40, { jobTitle: 'Changed' });
  graph.people.remove(80);
  const added = graph.people.create({ jobTitle: 'Added' });
  const second = (await graph.get(path)).json().value;
  const jobs = new Map(second.map((user) => [user['id'], user['jobTitle']]));
  expect(second).toHaveLength(200);
  expect(jobs.get(graph.people.idOf(40))).toBe('Changed');
  expect(jobs.get(graph.people.idOf(added))).toBe('Added');
  expect(jobs.has(graph.people.idOf(80))).toBe(false);
  const same = first.value.filter(
    (user) => user['id'] !== graph.people.idOf(40) && user['id'] !== graph.people.idOf(80),
  );
  expect(second).toEqual(expect.arrayContaining([...same]));
});

test('pages that begin anywhere, and pages of few, hold what they should', async () => {
  const graph = createTestGraph({ users: 150 });
  const whole = (await graph.get('users?$top=999')).json().value;
  for (const size of [1, 7, 16, 33, 150]) {
    const pages = await graph.pages(`users?$top=${size}`);
    expect(pages.flatMap((page) => page.value)).toEqual(whole);
  }
  const filtered = await graph.pages(
    'users?$filter=accountEnabled eq true&$select=id,accountEnabled',
  );
  expect(
    filtered.flatMap((page) => page.value).every((user) => user['accountEnabled'] === true),
  ).toBe(true);
});
