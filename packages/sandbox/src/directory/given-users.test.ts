import { expect, test } from 'vitest';

import { createTestGraph } from '../graph/testing/graph.ts';
import { readGivenUsers } from './given-users.ts';
import { createPeople } from './create-people.ts';

const ada = {
  id: 'AAAAAAAA-0000-4000-8000-000000000001',
  displayName: 'Ada Lovelace',
  userPrincipalName: 'Ada@contoso.com',
  BUSINESSPHONES: ['+44 20 7946 0000'],
  accountEnabled: false,
  jobTitle: null,
};

function graphOf(given: readonly object[]) {
  const values = readGivenUsers(given);
  const people = createPeople({
    users: values.length,
    given: values,
    seed: 7,
    tenantDomain: 'contoso.com',
  });
  return createTestGraph({ people });
}

test('a user that is given is listed, found and filtered by its values, and has no others', async () => {
  const graph = graphOf([ada, { displayName: 'Grace Hopper' }]);
  const { value } = (await graph.get('users?$top=5')).json();
  expect(value).toHaveLength(2);
  expect(value[0]).toEqual({
    businessPhones: ['+44 20 7946 0000'],
    displayName: 'Ada Lovelace',
    givenName: null,
    jobTitle: null,
    mail: null,
    mobilePhone: null,
    officeLocation: null,
    preferredLanguage: null,
    surname: null,
    userPrincipalName: 'Ada@contoso.com',
    id: ada.id.toLowerCase(),
  });
  expect(value[1]).toMatchObject({
    displayName: 'Grace Hopper',
    surname: null,
    businessPhones: [],
  });
  for (const key of [ada.id.toLowerCase(), ada.id, 'ada@CONTOSO.com', String(value[1]!['id'])])
    expect((await graph.get(`users/${key}`)).status).toBe(200);
  const disabled = await graph.get('users?$filter=accountEnabled eq false&$select=id');
  expect(disabled.json().value).toEqual([{ id: ada.id.toLowerCase() }]);
  expect((await graph.get("users?$filter=userPrincipalName ge 'ada'")).json().value).toHaveLength(
    2,
  );
});

test('a user that is given can be changed, deleted and restored', async () => {
  const graph = graphOf([ada]);
  graph.people.update(0, { jobTitle: 'Mathematician' });
  expect((await graph.get(`users/${ada.id}`)).json()).toMatchObject({
    displayName: 'Ada Lovelace',
    jobTitle: 'Mathematician',
  });
  graph.people.remove(0);
  expect((await graph.get(`users/${ada.id}`)).status).toBe(404);
  graph.people.restore(0);
  expect((await graph.get(`users/${ada.id}`)).status).toBe(200);
});

test.each([
  ['no object', ['Ada'], 'user 1: expected an object with the properties of a user'],
  [
    'an unknown property',
    [{ displayname: 'x' }, { shoeSize: 42 }],
    'user 2: a user has no property "shoeSize"',
  ],
  ['a number for text', [{ displayName: 5 }], 'user 1: displayName is text'],
  [
    'text for a truth value',
    [{ accountEnabled: 'yes' }],
    'user 1: accountEnabled is true or false',
  ],
  ['text for a list', [{ businessPhones: '1' }], 'user 1: businessPhones is a list'],
  [
    'a date that does not exist',
    [{ createdDateTime: 'soon' }],
    'user 1: createdDateTime is a time',
  ],
  ['a list for an object', [{ employeeOrgData: [] }], 'user 1: employeeOrgData is an object'],
  ['an ID in another form than a GUID', [{ id: '7' }], 'user 1: id is a GUID'],
  ['the same ID twice', [ada, { id: ada.id.toLowerCase() }], 'is also that of user 1'],
  [
    'the same name twice',
    [ada, { userPrincipalName: 'ADA@contoso.com' }],
    'is also that of user 1',
  ],
])('%s is refused', (_, given, message) => {
  expect(() => readGivenUsers(given)).toThrow(message);
});

test('ten problems are named, and how many more there are', () => {
  const given = Array.from({ length: 14 }, () => ({ shoeSize: 42 }));
  expect(() => readGivenUsers(given)).toThrow(/user 10: .*\n {2}and 4 more$/u);
});
