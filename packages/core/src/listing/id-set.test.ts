import { createHash, randomUUID } from 'node:crypto';

import { array, assert, constant, oneof, property, string, uuid } from 'fast-check';
import { expect, it } from 'vitest';

import { createIdSet } from './id-set.ts';

function digestOf(ids: Iterable<string>): string {
  const sorted = [...new Set(ids)].toSorted((a, b) => (a < b ? -1 : 1));
  return createHash('sha256')
    .update(sorted.map((id) => `${id}\n`).join(''))
    .digest('hex');
}

const guid = uuid();
const odd = oneof(
  string({ minLength: 1, maxLength: 40 }),
  guid.map((text) => text.toUpperCase()),
  guid.map((text) => text.replaceAll('-', '')),
  constant('00000000-0000-0000-0000-000000000000'),
);

it('agrees with a Set, for any text as an ID', () => {
  assert(
    property(array(oneof(guid, odd), { maxLength: 300 }), (ids) => {
      const ours = createIdSet();
      const theirs = new Set<string>();
      for (const id of [...ids, ...ids.slice(0, 20)]) {
        expect(ours.add(id)).toBe(!theirs.has(id));
        theirs.add(id);
      }
      expect(ours.size).toBe(theirs.size);
      expect(ours.digest()).toBe(digestOf(ids));
    }),
    { numRuns: 100 },
  );
});

it('holds 100,000 ids that differ in a few bits only', () => {
  const set = createIdSet();
  const ids = Array.from(
    { length: 100_000 },
    (_, at) => `00000000-0000-4000-8000-${at.toString(16).padStart(12, '0')}`,
  );
  expect(ids.filter((id) => set.add(id))).toHaveLength(100_000);
  expect(ids.filter((id) => set.add(id))).toHaveLength(0);
  expect(set.digest()).toBe(digestOf(ids));
});

it.each([0, 1, 999, 100_000, 1_000_000_000])(
  'holds 10,000 ids where %i were expected',
  (expected) => {
    const set = createIdSet();
    set.reserve(expected);
    const ids = Array.from({ length: 10_000 }, () => randomUUID());
    expect(ids.filter((id) => set.add(id))).toHaveLength(10_000);
    set.reserve(1_000_000);
    expect(ids.filter((id) => set.add(id))).toHaveLength(0);
    expect(set.digest()).toBe(digestOf(ids));
  },
);

it('has the digest of nothing when empty', () => {
  expect(createIdSet().digest()).toBe(digestOf([]));
});
