import { describe, expect, test } from 'vitest';
import { createPeople } from './create-people.ts';
import type { PeopleOptions } from './people.ts';
import type { TenantSkew } from './tenant-skew.ts';
import type { UserPropertyName } from './user-values.ts';

function valuesOf(name: UserPropertyName, options: Partial<PeopleOptions>) {
  const people = createPeople({ users: 2_000, seed: 3, tenantDomain: 'contoso.com', ...options });
  return Array.from({ length: people.slots }, (_, slot) => people.at(slot)!.value(name));
}

describe('a skewed tenant', () => {
  test('one-prefix: all user principal names begin alike and are unique', () => {
    const names = valuesOf('userPrincipalName', { skew: ['one-prefix'] }) as string[];
    expect(names.every((name) => name.startsWith('employee.'))).toBe(true);
    expect(new Set(names).size).toBe(2_000);
  });

  test('one-second: all users with a creation time have the same', () => {
    const times = valuesOf('createdDateTime', { skew: ['one-second'] });
    expect(new Set(times.filter((time) => time !== null)).size).toBe(1);
  });

  test('half-guests: about every second user is a guest', () => {
    const types = valuesOf('userType', { skew: ['half-guests', 'one-prefix'] });
    const guests = types.filter((type) => type === 'Guest').length;
    expect(guests).toBeGreaterThan(900);
    expect(guests).toBeLessThan(1_200);
  });

  test.each([
    [0, 0, 0],
    [0.3, 500, 700],
    [1, 2_000, 2_000],
  ])('withoutCreatedDateTime %d sets the share of users without it', (share, least, most) => {
    const times = valuesOf('createdDateTime', { withoutCreatedDateTime: share });
    const without = times.filter((time) => time === null).length;
    expect(without).toBeGreaterThanOrEqual(least);
    expect(without).toBeLessThanOrEqual(most);
  });

  test('manager-cycle: two users are the managers of each other', () => {
    const people = createPeople({
      users: 20,
      seed: 7,
      tenantDomain: 'contoso.com',
      skew: ['manager-cycle'],
    });
    expect(people.managerOf(people.at(1)!)?.slot).toBe(9);
    expect(people.managerOf(people.at(9)!)?.slot).toBe(1);
  });

  test('an unknown skew or share is refused with the valid values', () => {
    expect(() => valuesOf('id', { skew: ['half-guest' as TenantSkew] })).toThrow(
      'Unknown skew "half-guest"; valid values are one-prefix, one-second, half-guests, manager-cycle',
    );
    expect(() => valuesOf('id', { withoutCreatedDateTime: 2 })).toThrow('a share from 0 to 1');
  });
});
