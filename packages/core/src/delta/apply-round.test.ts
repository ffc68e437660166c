import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { MassDeleteError } from '../errors/mass-delete-error.ts';
import { applyRound } from './apply-round.ts';
import type { UserChange } from './changes.ts';
import type { Identified } from '../paging/read-page.ts';
import { readRound, type Round } from './round.ts';

interface Told extends Identified {
  readonly [property: string]: unknown;
}

type Item = UserChange<Told>;

const end = {
  deltaLink: 'https://graph.example/v1.0/users/delta?$deltatoken=a',
  readAt: '2026-11-22T12:00:00.000Z',
};

/** A round of these pages, read as one that comes from the service. */
async function roundOf(
  pages: readonly (readonly Item[])[],
  isFirstRound = false,
): Promise<Round<Told>> {
  async function* read() {
    for (const [at, items] of pages.entries())
      yield {
        items,
        retried: false,
        isFirstRound,
        end: at === pages.length - 1 ? end : undefined,
      };
  }
  return readRound<Told>(read());
}

const copyOf = (...users: readonly Told[]): Map<string, Told> =>
  new Map(users.map((user) => [user.id, user]));

const removed = (id: string, reason: 'changed' | 'deleted'): Item => ({
  id,
  '@removed': { reason },
});

const people = (count: number): Map<string, Told> =>
  copyOf(...Array.from({ length: count }, (_, at) => ({ id: String(at) })));
const removals = (count: number) =>
  roundOf([Array.from({ length: count }, (_, at) => removed(String(at), 'changed'))]);
/** A first round of all users except this many. */
const restart = (users: number, missing: number) =>
  roundOf([Array.from({ length: users - missing }, (_, at) => ({ id: String(at) }))], true);

/** As from the wire, where `__proto__` is a key like any other. */
const parsed = (text: string): Told => JSON.parse(text) as Told;

/** The definition of a round in its simplest form: each item is applied in order, and a removed user is deleted. */
function oneByOne(copy: ReadonlyMap<string, Told>, items: readonly Item[]): Map<string, Told> {
  const next = new Map(copy);
  for (const item of items) {
    if (item['@removed']) {
      next.delete(item.id);
      continue;
    }
    // Keys are defined, not set: `__proto__` is one of them.
    const user: Told = JSON.parse(JSON.stringify(next.get(item.id) ?? { id: item.id })) as Told;
    for (const [key, value] of Object.entries(item))
      Object.defineProperty(user, key, {
        value,
        writable: true,
        enumerable: true,
        configurable: true,
      });
    next.set(item.id, user);
  }
  return next;
}

const ids = fc.constantFrom('a', 'b', 'c', '__proto__', 'constructor');
const keys = fc.constantFrom('displayName', 'jobTitle', 'toString', '__proto__');
const values = fc.oneof(fc.constant(null), fc.string(), fc.integer(), fc.array(fc.string()));

const changedUser: fc.Arbitrary<Told> = fc
  .tuple(ids, fc.array(fc.tuple(keys, values), { maxLength: 3 }))
  .map(([id, properties]) => Object.fromEntries([...properties, ['id', id]]) as unknown as Told);
const item: fc.Arbitrary<Item> = fc.oneof(
  { weight: 3, arbitrary: changedUser },
  {
    weight: 1,
    arbitrary: fc
      .tuple(ids, fc.constantFrom('changed' as const, 'deleted' as const))
      .map(([id, reason]) => removed(id, reason)),
  },
);
const pages = fc.array(fc.array(item, { maxLength: 6 }), { minLength: 1, maxLength: 5 });
const copies = fc.array(changedUser, { maxLength: 5 }).map((users) => copyOf(...users));

/** Entries as text: which keys there are, in the open, and nothing of an object's prototype. */
const shown = (copy: ReadonlyMap<string, Told>): readonly string[] =>
  [...copy.values()]
    .map((user) => JSON.stringify(Object.entries(user).toSorted(([a], [b]) => (a < b ? -1 : 1))))
    .toSorted();

describe('merging a round', () => {
  it('faults A6 row 68: items of one user merge in the order they came, however they are paged', async () => {
    await fc.assert(
      fc.asyncProperty(copies, pages, async (copy, told) => {
        expect(shown(applyRound(copy, await roundOf(told)))).toEqual(
          shown(oneByOne(copy, told.flat())),
        );
      }),
      { numRuns: 1000 },
    );
  });

  it('faults A6 row 68: what is absent did not change, null empties', async () => {
    const copy = copyOf({ id: 'a', displayName: 'Ada', jobTitle: 'Analyst', city: 'London' });
    const round = await roundOf([
      [{ id: 'a', jobTitle: 'Countess' }],
      [],
      [{ id: 'b' }, { id: 'a', displayName: 'Ada Lovelace', jobTitle: null }],
    ]);
    expect(applyRound(copy, round).get('a')).toEqual({
      id: 'a',
      displayName: 'Ada Lovelace',
      jobTitle: null,
      city: 'London',
    });
    expect(round.changes.get('a')).toEqual({
      user: { id: 'a', displayName: 'Ada Lovelace', jobTitle: null },
      isRestored: false,
    });
  });

  it('faults A6 row 67: a key such as __proto__ stays data, and pollutes nothing', async () => {
    const copy = copyOf(parsed('{"id":"a","__proto__":{"polluted":1}}'));
    const round = await roundOf([
      [parsed('{"id":"a","__proto__":{"polluted":2}}'), parsed('{"id":"a","constructor":3}')],
      [parsed('{"id":"__proto__"}')],
    ]);
    const next = applyRound(copy, round);
    const a = next.get('a');
    expect(JSON.stringify(a)).toBe('{"id":"a","__proto__":{"polluted":2},"constructor":3}');
    expect(Object.getPrototypeOf(a)).toBe(Object.prototype);
    expect('polluted' in {}).toBe(false);
    expect(next.get('__proto__')).toEqual({ id: '__proto__' });
  });
});

describe('applying a round', () => {
  it('faults A6 row 69: a round, or a page of it, that comes twice changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(copies, pages, fc.nat(), fc.boolean(), async (copy, told, nth, first) => {
        const once = applyRound(copy, await roundOf(told, first));
        expect(shown(applyRound(once, await roundOf(told, first)))).toEqual(shown(once));
        const twice = told.flatMap((page, at) =>
          at === nth % told.length ? [page, page] : [page],
        );
        expect(shown(applyRound(copy, await roundOf(twice, first)))).toEqual(shown(once));
      }),
      { numRuns: 1000 },
    );
  });

  it('faults A6 row 70: removals of both kinds, of an unknown user, and a restored user', async () => {
    const copy = copyOf({ id: 'a', jobTitle: 'X' }, { id: 'b' }, { id: 'c', jobTitle: 'Y' });
    const round = await roundOf([
      [removed('a', 'changed'), removed('unknown', 'deleted'), removed('b', 'deleted')],
      [{ id: 'c', jobTitle: 'Z' }, removed('c', 'changed'), { id: 'c', displayName: 'Back' }],
    ]);
    const next = applyRound(copy, round);
    expect([...next.values()]).toEqual([{ id: 'c', displayName: 'Back' }]);
    expect([...round.changes]).toEqual([
      ['a', { removed: 'changed' }],
      ['unknown', { removed: 'deleted' }],
      ['b', { removed: 'deleted' }],
      ['c', { user: { id: 'c', displayName: 'Back' }, isRestored: true }],
    ]);
    const later = await roundOf([[{ id: 'a', jobTitle: 'X' }]]);
    expect(applyRound(next, later).get('a')).toEqual({ id: 'a', jobTitle: 'X' });
  });

  it('faults A6 row 70: a first round may contain removals too', async () => {
    const round = await roundOf([[{ id: 'a' }, removed('b', 'changed')]], true);
    expect([...applyRound(copyOf({ id: 'b' }), round).keys()]).toEqual(['a']);
  });

  it('faults A6 row 70: an unknown reason is treated as the weaker one', async () => {
    const odd = { id: 'a', '@removed': { reason: 'who knows' } } as unknown as Item;
    expect((await roundOf([[odd]])).changes.get('a')).toEqual({ removed: 'changed' });
  });

  it('faults A6 row 71: a first round replaces the copy, and readers keep the old one until then', async () => {
    const copy = copyOf({ id: 'a', jobTitle: 'X' }, { id: 'gone' });
    const [a] = copy.values();
    const next = applyRound(copy, await roundOf([[{ id: 'a', displayName: 'Ada' }]], true));
    expect([...next.values()]).toEqual([{ id: 'a', displayName: 'Ada' }]);
    expect([...copy.keys()]).toEqual(['a', 'gone']);
    expect(copy.get('a')).toBe(a);
    expect(a).toEqual({ id: 'a', jobTitle: 'X' });
  });

  it('faults A6 row 71: nor does any other round touch what readers have', async () => {
    await fc.assert(
      fc.asyncProperty(copies, pages, fc.boolean(), async (copy, told, first) => {
        const before = shown(copy);
        applyRound(copy, await roundOf(told, first));
        expect(shown(copy)).toEqual(before);
      }),
    );
  });
});

describe('the guard', () => {
  it.each<[string, typeof restart]>([
    ['changes', (_users, missing) => removals(missing)],
    ['restarts', restart],
  ])(
    'faults A6 row 72: %s that delete a tenth and over 500 are not applied',
    async (_name, make) => {
      const copy = people(2000);
      const round = await make(2000, 501);
      let failure: unknown;
      try {
        applyRound(copy, round);
      } catch (error) {
        failure = error;
      }
      expect(failure).toBeInstanceOf(MassDeleteError);
      expect(failure).toMatchObject({
        code: 'E_MASS_DELETE',
        category: 'integrity',
        deleted: 501,
        users: 2000,
        retryable: false,
      });
      expect(String(failure)).toContain('501 of 2000');
      expect(copy.size).toBe(2000);
      expect(applyRound(copy, round, { allowMassDelete: true }).size).toBe(1499);
    },
  );

  it.each([
    ['500 of 2000', 2000, 500],
    ['600 of 6000, a tenth exactly', 6000, 600],
    ['all of 400 users', 400, 400],
  ])('faults A6 row 72: %s go', async (_name, users, missing) => {
    const left = users - missing;
    expect(applyRound(people(users), await removals(missing)).size).toBe(left);
    expect(applyRound(people(users), await restart(users, missing)).size).toBe(left);
  });

  it('faults A6 row 72: counts who is really lost: not the unknown, nor who comes back', async () => {
    const unknown = Array.from({ length: 900 }, (_, at) => removed(`unknown ${at}`, 'deleted'));
    const back = Array.from({ length: 900 }, (_, at) => String(at)).flatMap((id) => [
      removed(id, 'changed'),
      { id },
    ]);
    expect(applyRound(people(1000), await roundOf([unknown, back])).size).toBe(1000);
  });
});
