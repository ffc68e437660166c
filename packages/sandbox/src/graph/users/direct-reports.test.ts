import { expect, test } from 'vitest';

import { createPeople } from '../../directory/create-people.ts';
import { createTestGraph } from '../testing/graph.ts';
import { reportsOf } from './reports-of.ts';

const ids = (users: readonly Readonly<Record<string, unknown>>[]) => users.map(({ id }) => id);

test.each(['directReports', 'DirectReports', 'directReports/microsoft.graph.user'])(
  '%s are the users who have this manager',
  async (segment) => {
    const graph = createTestGraph({ users: 200 });
    for (const slot of [0, 1, 5]) {
      const pages = await graph.pages(
        `users/${graph.people.idOf(slot)}/${segment}?$select=id&$top=2`,
      );
      const expected = Array.from({ length: 200 }, (_, at) => graph.people.at(at)!)
        .filter((user) => graph.people.managerOf(user)?.slot === slot)
        .map(({ slot: at }) => graph.people.idOf(at));
      expect(ids(pages.flatMap(({ value }) => value))).toEqual(expected);
      const isCast = segment.includes('/');
      expect('@odata.type' in (pages[0]?.value[0] ?? {})).toBe(!isCast && expected.length > 0);
    }
  },
);

test.each(['directReports', 'directreports($select=id)', 'memberOf', 'manager'])(
  '$expand=%s is accepted in lists and of one user',
  async (expand) => {
    const graph = createTestGraph({ users: 200 });
    const { value } = (await graph.get(`users?$select=id&$expand=${expand}&$top=50`)).json();
    const user = (await graph.get(`users/${graph.people.idOf(1)}?$expand=${expand}`)).json();
    const name = ['directReports', 'memberOf', 'manager'].find((relation) =>
      expand.toLowerCase().startsWith(relation.toLowerCase()),
    )!;
    expect(value.some((each) => name in each)).toBe(true);
    expect(user).toHaveProperty(name);
  },
);

test.each([
  'users?$top=3&$select=id',
  'users/delta?$select=id',
  "users?$filter=userType eq 'Member'&$top=5",
])('/beta/%s gives contexts and links of beta', async (path) => {
  const body = (await createTestGraph().get(`/beta/${path}`)).json();
  const link = body['@odata.nextLink'] ?? body['@odata.deltaLink'];
  expect([body['@odata.context'], link].map((text) => text?.split('/')[3])).toEqual([
    'beta',
    'beta',
  ]);
  expect(body.value.length).toBeGreaterThan(0);
});

test('managers of each other are reports of each other, and of no other manager', () => {
  const people = createPeople({
    users: 20,
    seed: 7,
    tenantDomain: 'contoso.com',
    skew: ['manager-cycle'],
  });
  const reports = (slot: number) => reportsOf(people, people.at(slot)!).map((each) => each.slot);
  expect(reports(1)).toContain(9);
  expect(reports(9)).toEqual([1]);
  expect(reports(0)).not.toContain(1);
});
