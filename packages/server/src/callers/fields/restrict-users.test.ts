import type { UserQuery } from '@rollcall/core';
import { describe, expect, it } from 'vitest';

import { RequestError } from '../../errors/request-error.ts';
import { createMemoryDirectory, person } from '../../testing/memory-directory.ts';
import { restrictUsers } from './restrict-users.ts';

const allowed = ['id', 'displayName', 'manager', 'assignedLicenses', 'createdDateTime'];

function setUp(names: readonly string[] = allowed) {
  const directory = createMemoryDirectory({ users: 3 });
  return { directory, users: restrictUsers(directory.users, names) };
}

describe('the properties of a role', () => {
  it.each<[string, UserQuery]>([
    ['select', { select: ['mail'] }],
    ['direct reports of a name', { of: { reportsOf: 'ada@contoso.example' } }],
    ['select of a path', { select: ['signInActivity/lastSignInDateTime'] }],
    ['select with allowed ones', { select: ['id', 'mail'] }],
    ['filter', { filter: "startsWith(mail,'a')" }],
    ['filter after an allowed one', { filter: "displayName eq 'mail' and mail eq 'x'" }],
    ['filter in another case', { filter: "MAIL eq 'x'" }],
    ['filter within not', { filter: "not(startsWith(userPrincipalName,'a'))" }],
    ['filter by a path', { filter: "employeeOrgData/costCenter eq '1'" }],
    ['filter with in', { filter: "department in ('a','b')" }],
    ['filter with any', { filter: "otherMails/any(x:x eq 'a')" }],
    [
      'filter with a variable named as a property',
      { filter: "assignedLicenses/any(mail:mail/skuId eq 1) and mail eq 'x'" },
    ],
    ['filter with a count', { filter: 'proxyAddresses/$count gt 1' }],
    ['filter with an unknown sign', { filter: 'displayName eq $it/mail' }],
    ['filter with a comment', { filter: "displayName eq 'a' /* */ and mail eq 'b'" }],
    ['search', { search: '"mail:ada"' }],
    ['search after an allowed one', { search: '"displayName:a" OR "mail:a"' }],
    ['search without a property', { search: '"ada"' }],
    ['search without quotes', { search: 'mail:ada' }],
    ['search with a quotation mark', { search: String.raw`"displayName:a\" OR " OR "mail:b"` }],
    ['orderby', { orderBy: ['mail desc'] }],
    ['orderby after an allowed one', { orderBy: ['displayName', 'mail'] }],
    ['expand of another relationship', { expand: 'memberOf($select=id)' }],
    ['expand without a selection', { expand: 'manager' }],
    ['expand of a property', { expand: 'manager($select=id,mail)' }],
    ['expand with further options', { expand: 'manager($select=id;$expand=manager)' }],
  ])('cover %s', async (_name, query) => {
    const { directory, users } = setUp();
    const refused = { answer: { status: 403, code: 'field_denied' } };
    await expect(users.page(query)).rejects.toMatchObject(refused);
    expect(() => users.list(query)).toThrow(RequestError);
    await expect(users.count(query)).rejects.toMatchObject(refused);
    expect(directory.asked).toEqual([]);
  });

  it.each<[string, UserQuery]>([
    ['select', { select: ['id', 'DisplayName'] }],
    [
      'filter',
      {
        filter:
          "startsWith(displayName,'O''Brien, mail eq') and createdDateTime ge 2026-01-01T00:00:00Z",
      },
    ],
    [
      'filter with any',
      { filter: 'assignedLicenses/any(s:s/skuId eq 4b9405b0-7788-4568-add1-99614e613b69)' },
    ],
    ['search', { search: '("displayName:a" OR "displayName:b") AND NOT "displayName:c"' }],
    ['orderby', { orderBy: ['displayName desc'] }],
    ['expand', { expand: 'manager($select=id,displayName)' }],
  ])('allow %s of their own', async (_name, query) => {
    const { directory, users } = setUp();
    await users.page(query);
    expect(directory.asked).toHaveLength(1);
  });

  it('select what is allowed when a query selects nothing, and remove what core added', async () => {
    const { directory, users } = setUp(['displayName']);
    const { items } = await users.page({});
    expect(directory.asked[0]?.what).toEqual({ select: ['displayName'] });
    expect(items[0]).toEqual({ displayName: 'Person 0' });
    const listed: unknown[] = [];
    for await (const user of users.list({})) listed.push(user);
    expect(listed[2]).toEqual({ displayName: 'Person 2' });
    expect(await users.get(person(1).id)).toEqual({ displayName: 'Person 1' });
  });

  it('do not let a caller look for a userPrincipalName that it cannot read', async () => {
    const { directory, users } = setUp();
    await expect(users.get('person1@contoso.example')).rejects.toMatchObject({
      answer: { status: 403 },
    });
    expect(directory.asked).toEqual([]);
    const more = setUp([...allowed, 'userPrincipalName']);
    expect(await more.users.get('person1@contoso.example')).toMatchObject({ id: person(1).id });
  });
});
