import { expect, test } from 'vitest';

import { createTestGraph } from '../testing/graph.ts';

const eventual = { consistencylevel: 'eventual' };
const select = '$select=id,userPrincipalName,createdDateTime';

/** A user with the time of creation as text; it is empty when there is none. */
interface Row {
  readonly id: string;
  readonly name: string;
  readonly created: string;
  readonly isEnabled: boolean;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function rowOf(user: Readonly<Record<string, unknown>>): Row {
  return {
    id: text(user['id']),
    name: text(user['userPrincipalName']).toUpperCase(),
    created: text(user['createdDateTime']),
    isEnabled: user['accountEnabled'] === true,
  };
}

/** Ranges as filters, each with the test that a reader of the filter would apply to all users. */
const ranges: readonly (readonly [filter: string, matches: (user: Row) => boolean])[] = [
  ['createdDateTime ge 2020-01-01T00:00:00Z', ({ created }) => created >= '2020'],
  [
    'createdDateTime ge 2018-06-01T00:00:00Z and createdDateTime le 2021-01-01T00:00:00Z',
    ({ created }) => created >= '2018-06-01T00:00:00Z' && created <= '2021-01-01T00:00:00Z',
  ],
  [
    "userPrincipalName ge 'F' and userPrincipalName le 'mz'",
    ({ name }) => name >= 'F' && name <= 'MZ',
  ],
  [
    'createdDateTime ge 2018-06-01T00:00:00Z and createdDateTime ge 2019-01-01T00:00:00Z',
    ({ created }) => created >= '2019',
  ],
  [
    'createdDateTime le 2019-09-09T09:09:09.500Z',
    ({ created }) => created !== '' && created <= '2019-09-09T09:09:09Z',
  ],
  ["startsWith(userPrincipalName,'aD')", ({ name }) => name.startsWith('AD')],
  [
    "accountEnabled eq true and (userPrincipalName le 'h' and createdDateTime ge 2019-01-01T00:00:00Z)",
    ({ name, created, isEnabled }) => isEnabled && name <= 'H' && created >= '2019',
  ],
];

test.each(ranges)(
  '%s finds the same users as a search of all, also after changes',
  async (filter, matches) => {
    const graph = createTestGraph({ users: 3000 });
    const all = async (path: string): Promise<readonly Row[]> =>
      (await graph.pages(path)).flatMap(({ value }) => value.map(rowOf));
    const check = async (): Promise<void> => {
      const expected = (await all(`users?$top=999&${select},accountEnabled`)).filter(matches);
      const found = await all(`users?$top=200&${select}&$filter=${encodeURIComponent(filter)}`);
      expect(found.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
      if (filter.includes('userPrincipalName ')) return;
      const path = `users/$count?$filter=${encodeURIComponent(filter)}`;
      expect(Number((await graph.get(path, eventual)).text)).toBe(expected.length);
    };
    await check();
    graph.people.update(5, { userPrincipalName: 'adam.adams@contoso.com' });
    graph.people.update(6, { createdDateTime: '2020-05-05T00:00:00Z' });
    graph.people.remove(7);
    graph.people.create({ createdDateTime: '2020-06-06T00:00:00Z' });
    await check();
    // So many changes that the users are sorted again.
    for (let slot = 100; slot < 200; slot += 1)
      graph.people.update(slot, { createdDateTime: '2019-09-09T09:09:09Z' });
    await check();
  },
);

test('the users without a creation time are found in an advanced query, also after changes', async () => {
  const graph = createTestGraph({ users: 3000 });
  const filter = encodeURIComponent('createdDateTime eq null');
  const check = async (): Promise<void> => {
    const all = await graph.pages(`users?$top=999&${select}`);
    const expected = all.flatMap(({ value }) =>
      value.filter((user) => user['createdDateTime'] === null).map((user) => user['id']),
    );
    const path = `users?$top=5&$count=true&${select}&$filter=${filter}`;
    const pages = await graph.pages(path, eventual);
    expect(pages.flatMap(({ value }) => value.map((user) => user['id']))).toEqual(expected);
    expect(pages[0]?.['@odata.count']).toBe(expected.length);
  };
  await check();
  graph.people.update(5, { createdDateTime: null });
  graph.people.update(6, { createdDateTime: '2020-05-05T00:00:00Z' });
  graph.people.remove(7);
  await check();
});

test('a time with a fraction of a second is compared to the fraction, before and after the users are sorted', async () => {
  const graph = createTestGraph({ users: 50 });
  const found = async (filter: string): Promise<number> =>
    (await graph.pages(`users?${select}&$filter=${encodeURIComponent(filter)}`)).flatMap(
      ({ value }) => value,
    ).length;
  const later =
    'createdDateTime ge 2031-01-01T00:00:00Z and createdDateTime le 2031-01-01T00:00:01Z';
  expect(await found(later)).toBe(0);
  for (const slot of [1, 2, 3])
    graph.people.update(slot, { createdDateTime: '2031-01-01T00:00:01.500Z' });
  graph.people.update(4, { createdDateTime: '2031-01-01T00:00:01Z' });
  expect(await found(later)).toBe(1);
  expect(await found('createdDateTime ge 2031-01-01T00:00:01.200Z')).toBe(3);
});
