import { describe, expect, test } from 'vitest';

import { createTestGraph } from './testing/graph.ts';

const eventual = { consistencylevel: 'eventual' };

describe('names in any case', () => {
  test.each([
    [
      'users?$select=ID,DisplayName,userprincipalname&$top=1',
      ['id', 'displayName', 'userPrincipalName'],
    ],
    ['users?$select=id&$orderby=DISPLAYNAME&$top=1', ['id']],
    ["users?$select=id&$filter=USERTYPE eq 'Member'&$top=1", ['id']],
    [
      "users?$select=id&$filter=AssignedPlans/any(L:L/CAPABILITYSTATUS eq 'Enabled')&$count=true&$top=1",
      ['id'],
    ],
    ['USERS()?$select=id&$top=1', ['id']],
  ])('%s is answered in the spelling of Graph', async (path, expected) => {
    const graph = createTestGraph({ users: 30 });
    const { status, ...answer } = await graph.get(path.replaceAll(' ', '%20'), eventual);
    expect([status, answer.json().error?.message]).toEqual([200, undefined]);
    const [user = {}] = answer.json().value;
    expect(Object.keys(user).toSorted()).toEqual(expected.toSorted());
  });
});

test('a filter of identities compares the members of one item', async () => {
  const graph = createTestGraph({ users: 30 });
  const [first] = (await graph.get('users?$top=1')).json().value;
  const name = String(first?.['userPrincipalName']);
  const domain = name.slice(name.indexOf('@') + 1);
  const find = async (id: string, issuer: string): Promise<number> => {
    const filter = `identities/any(c:c/issuerAssignedId eq '${id}' and c/issuer eq '${issuer}')`;
    const answer = await graph.get(`users?$filter=${encodeURIComponent(filter)}`);
    return answer.json().value.length;
  };
  expect([await find(name, domain), await find(name, 'other.example')]).toEqual([1, 0]);
});

test('a filter of plans compares an id and a status, in an advanced query', async () => {
  const graph = createTestGraph({ users: 60 });
  const users = (await graph.get('users?$select=id,assignedPlans&$top=60')).json().value;
  const plans = users.flatMap((user) => user['assignedPlans'] as { servicePlanId: string }[]);
  const filter = `assignedPlans/any(a:a/servicePlanId eq ${plans[0]?.servicePlanId} and a/capabilityStatus eq 'Enabled')`;
  const path = `users?$count=true&$top=60&$filter=${encodeURIComponent(filter)}`;
  expect((await graph.get(path)).status).toBe(400);
  expect((await graph.get(path, eventual)).json().value).toHaveLength(plans.length);
});
