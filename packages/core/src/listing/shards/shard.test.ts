import { array, assert, pre, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  coverAllUsers,
  divideShard,
  isRange,
  isShard,
  type Shard,
  shardFilter,
  shardsBetween,
} from './shard.ts';

const seed = Number(process.env['SEED'] ?? 20261125);
const nameOfUser = string({ minLength: 1, maxLength: 12 });

/** The orders in which a service can compare names: none of them is known to us. */
const orders: Readonly<Record<string, (one: string, other: string) => number>> = {
  ordinal: (one, other) => (one < other ? -1 : one === other ? 0 : 1),
  'ignoring case': (one, other) => orders['ordinal']?.(one.toLowerCase(), other.toLowerCase()) ?? 0,
  'of a culture': (one, other) => one.localeCompare(other, 'sv'),
  reversed: (one, other) => orders['ordinal']?.(other, one) ?? 0,
};

function hasUser(
  shard: Shard,
  user: string,
  compare: (one: string, other: string) => number,
): boolean {
  if (!isRange(shard)) return false;
  const { from, to } = shard;
  return (
    (from === undefined || compare(user, from) >= 0) && (to === undefined || compare(user, to) <= 0)
  );
}

describe.each(Object.entries(orders))('names in the order %s', (_, compare) => {
  it('are in at least one shard each, with any boundaries', () => {
    assert(
      property(array(nameOfUser, { maxLength: 20 }), nameOfUser, (boundaries, user) => {
        const shards = shardsBetween('userPrincipalName', boundaries);
        expect(coverAllUsers(shards)).toBe(true);
        expect(shards.some((shard) => hasUser(shard, user, compare))).toBe(true);
      }),
      { seed, numRuns: 500 },
    );
  });

  it('are in at least one part of a divided shard', () => {
    assert(
      property(
        nameOfUser,
        nameOfUser,
        array(nameOfUser, { maxLength: 5 }),
        nameOfUser,
        (from, to, inside, user) => {
          const whole: Shard = { property: 'userPrincipalName', from, to };
          pre(hasUser(whole, user, compare));
          const parts = divideShard(whole, inside);
          expect(parts.some((shard) => hasUser(shard, user, compare))).toBe(true);
        },
      ),
      { seed, numRuns: 500 },
    );
  });
});

it('a shard of names that does not share its boundary is noticed', () => {
  const shards = shardsBetween('userPrincipalName', ['b', 'd']);
  expect(coverAllUsers(shards)).toBe(true);
  for (const at of shards.keys())
    expect(coverAllUsers(shards.filter((_, each) => each !== at))).toBe(false);
  const [first, second, third] = shards as [Shard, Shard, Shard];
  expect(coverAllUsers([first, { ...second, to: 'c' }, third])).toBe(false);
  expect(coverAllUsers([first, second, { ...third, to: 'z' }])).toBe(false);
  expect(coverAllUsers([])).toBe(false);
});

it('shards of times include the users without a time of creation', () => {
  const shards = shardsBetween('createdDateTime', ['2024-01-01T00:00:00Z']);
  expect(shards.map((shard) => shardFilter(shard))).toEqual([
    'createdDateTime le 2024-01-01T00:00:00Z',
    'createdDateTime ge 2024-01-01T00:00:00Z',
    'createdDateTime eq null',
  ]);
  expect(coverAllUsers(shards)).toBe(true);
  expect(coverAllUsers(shards.filter(isRange))).toBe(false);
});

it('a filter of the query is in parentheses, and quotes in names are doubled', () => {
  const shard: Shard = { property: 'userPrincipalName', from: "o'brien", to: 'p' };
  expect(shardFilter(shard, "userType eq 'Guest' or accountEnabled eq false")).toBe(
    "(userType eq 'Guest' or accountEnabled eq false) and userPrincipalName ge 'o''brien' and userPrincipalName le 'p'",
  );
});

it.each([
  ['an unknown property', { property: 'displayName', from: 'a' }],
  ['a time that is an expression', { property: 'createdDateTime', from: "2024-01-01 or id eq ''" }],
  ['a number', { property: 'userPrincipalName', from: 5 }],
  ['an empty boundary', { property: 'userPrincipalName', to: '' }],
  ['a very long boundary', { property: 'userPrincipalName', to: 'a'.repeat(300) }],
  ['a range of users without a value', { property: 'createdDateTime', isNull: true, from: 'a' }],
  ['a text', 'userPrincipalName'],
  ['null', null],
])('a shard of a checkpoint with %s is rejected', (_, value) => {
  expect(isShard(value)).toBe(false);
});
