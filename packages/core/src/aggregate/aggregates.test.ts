import { describe, expect, it } from 'vitest';

import { openFake } from '../testing/open-fake.ts';
import { countUsersBy } from './count-users-by.ts';
import { findDuplicateUsers } from './find-duplicate-users.ts';
import type { UserPages } from './user-pages.ts';

type TestUser = Readonly<Record<string, unknown>> & { readonly id: string };

function named(...numbers: readonly number[]) {
  return numbers.map((nth) => ({ id: `id-${nth}`, userPrincipalName: `user${nth}@contoso.com` }));
}

/** A listing of pages in memory. */
function listingOf(...pages: readonly (readonly TestUser[])[]): UserPages {
  return {
    async *pages() {
      for (const items of pages) yield { items, isFirst: false } as never;
    },
  };
}

function user(nth: number, properties: Readonly<Record<string, unknown>>): TestUser {
  return { id: `id-${nth}`, userPrincipalName: `user${nth}@contoso.com`, ...properties };
}

describe('countUsersBy', () => {
  it('counts each combination of values across pages, the largest first', async () => {
    const listing = listingOf(
      [
        user(1, { department: 'Sales', accountEnabled: true }),
        user(2, { department: 'Sales', accountEnabled: false }),
      ],
      [
        user(3, { department: 'Sales', accountEnabled: true }),
        user(4, { department: null, accountEnabled: true }),
        user(5, { accountEnabled: true }),
        user(6, { department: '', accountEnabled: true }),
      ],
    );
    expect(await countUsersBy(listing, ['department', 'accountEnabled'])).toEqual([
      { values: { department: null, accountEnabled: true }, count: 3 },
      { values: { department: 'Sales', accountEnabled: true }, count: 2 },
      { values: { department: 'Sales', accountEnabled: false }, count: 1 },
    ]);
  });

  it('counts by a path, and does not mix values of two properties', async () => {
    const listing = listingOf([
      user(1, { manager: { displayName: 'Max' }, city: 'a', state: 'b' }),
      user(2, { manager: { displayName: 'Max' }, city: 'a', state: 'b' }),
      user(3, { city: 'b', state: 'a' }),
    ]);
    expect(await countUsersBy(listing, ['manager.displayName'])).toEqual([
      { values: { 'manager.displayName': 'Max' }, count: 2 },
      { values: { 'manager.displayName': null }, count: 1 },
    ]);
    expect(await countUsersBy(listing, ['city', 'state'])).toHaveLength(2);
  });

  it('has as many users as the listing, and fails with it', async () => {
    const { directory } = await openFake({ users: 2_500 });
    const listing = directory.users.list({ select: ['department'] });
    const groups = await countUsersBy(listing, ['department']);
    expect(groups.reduce((sum, { count }) => sum + count, 0)).toBe(2_500);
    expect(listing.receipt().complete).toBe(true);
    const broken = await openFake({
      users: 2_500,
      intervene: (_request, nth) => (nth > 1 ? { status: 403 } : undefined),
    });
    await expect(
      countUsersBy(broken.directory.users.list({ select: ['city'] }), ['city']),
    ).rejects.toMatchObject({ code: 'E_GATEWAY' });
  });
});

describe('findDuplicateUsers', () => {
  it('finds equal values without differences of case, by property and by element of a list', async () => {
    const listing = listingOf(
      [
        user(1, { mail: 'Ada@contoso.com', proxyAddresses: ['SMTP:ada@contoso.com'] }),
        user(2, { mail: 'bob@contoso.com', proxyAddresses: ['smtp:ADA@contoso.com', 'smtp:b@x'] }),
      ],
      [
        user(3, { mail: 'ada@contoso.com ', proxyAddresses: [], employeeId: '7' }),
        user(4, { mail: null, employeeId: 7 }),
        user(5, { mail: 'ADA@CONTOSO.COM' }),
      ],
    );
    expect(await findDuplicateUsers(listing, ['mail', 'proxyAddresses', 'employeeId'])).toEqual([
      { property: 'mail', value: 'ada@contoso.com', users: named(1, 3, 5) },
      { property: 'proxyAddresses', value: 'smtp:ada@contoso.com', users: named(1, 2) },
      { property: 'employeeId', value: '7', users: named(3, 4) },
    ]);
  });

  it('finds no value that one user has twice, no empty value, and no value of two properties', async () => {
    const listing = listingOf([
      user(1, { mail: 'a@x', proxyAddresses: ['SMTP:a@x', 'smtp:A@x'], city: '' }),
      user(2, { mail: '', proxyAddresses: null, city: 'a@x' }),
      user(3, { mail: ' ', city: null }),
    ]);
    expect(await findDuplicateUsers(listing, ['mail', 'proxyAddresses', 'city'])).toEqual([]);
  });

  it('finds every duplicate of many users, and only those', async () => {
    const users = Array.from({ length: 20_000 }, (_, nth) =>
      user(nth, { mail: `user${nth % 19_000}@contoso.com`, employeeId: `${nth}` }),
    );
    const found = await findDuplicateUsers(listingOf(users), ['mail', 'employeeId']);
    expect(found).toHaveLength(1_000);
    for (const {
      property,
      value,
      users: [one, other, ...more],
    } of found) {
      expect({ property, more }).toEqual({ property: 'mail', more: [] });
      expect(one?.userPrincipalName).toBe(value);
      expect(Number(other?.id.slice(3)) - Number(one?.id.slice(3))).toBe(19_000);
    }
  });
});
