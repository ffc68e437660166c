import type { People, User } from '../../directory/people.ts';
import type { UserValue } from '../../directory/user-values.ts';
import type { FilterRange } from '../filter/filter-range.ts';
import type { UserTest } from '../filter/match-filter.ts';
import type { OrderBy } from '../query/order-by.ts';
import { createSortedSlots, firstPosition } from './sorted-slots.ts';

export interface PageOfUsers {
  /** The slots of the users, when all of them are live; undefined for deleted users. */
  readonly slots: readonly number[] | undefined;
  /** Reads the users. */
  readonly users: () => readonly User[];
  /** The cursor at which the next page begins; undefined after the last user. */
  readonly next: number | undefined;
}

/** Which users a query returns. */
export interface Matching {
  /** undefined: all users. */
  readonly matches: UserTest | undefined;
  /** Contains all users that match; undefined: any user can. */
  readonly range: FilterRange | undefined;
}

export interface UserPages {
  /** In slot order the cursor is a slot; in a sorted list a rank. */
  read(from: number, size: number, matching: Matching, orderBy?: OrderBy): PageOfUsers;
  count(matching: Matching, query: string): number;
}

/** The users to look at, in the order of the list. */
interface Candidates {
  readonly length: number;
  readonly slotAt: (position: number) => number;
  /** What a page token says of a position, and the first position that it means. */
  readonly cursorAt: (position: number) => number;
  readonly positionOf: (cursor: number) => number;
  readonly isMatch: (slot: number) => boolean;
  /** Whether all candidates match and are live, so that they can be counted without looking at them. */
  readonly areCertain: boolean;
}

/** Sorted lists and counts that are kept, so that following pages do not sort and count again. */
const kept = 8;

function remember<T>(cache: Map<string, T>, key: string, make: () => T): T {
  const found = cache.get(key) ?? make();
  cache.delete(key);
  cache.set(key, found);
  if (cache.size > kept) cache.delete(cache.keys().next().value!);
  return found;
}

const collator = new Intl.Collator('en-US');

/** The order of `$orderby`: null first. */
export function compareValues(a: UserValue, b: UserValue): number {
  if (a === null || b === null) return Number(b === null) - Number(a === null);
  return collator.compare(a as string, b as string);
}

const same = (position: number): number => position;

export function createUserPages(people: People): UserPages {
  const sorted = new Map<string, Uint32Array>();
  const counts = new Map<string, number>();
  const sortedSlots = createSortedSlots(people);

  /** All users in order. Filters are applied while paging, so that one order serves all of them. */
  function ranks({ property, descending }: OrderBy): Uint32Array {
    return remember(sorted, `${people.revision} ${property} ${descending}`, () => {
      // A large tenant is sorted by name once, for both directions and for ranges of names.
      if (property === 'userPrincipalName') {
        return descending ? sortedSlots.byName().toReversed() : sortedSlots.byName();
      }
      const rows: (readonly [number, UserValue])[] = [];
      for (let slot = 0; slot < people.slots; slot += 1) {
        const user = people.at(slot);
        if (user !== undefined) rows.push([slot, user.value(property)]);
      }
      rows.sort(
        ([a, x], [b, y]) => (descending ? compareValues(y, x) : compareValues(x, y)) || a - b,
      );
      return Uint32Array.from(rows, ([slot]) => slot);
    });
  }

  function isLiveMatch(slot: number, matches: UserTest | undefined): boolean {
    if (matches === undefined) return people.presence(slot) === 'live';
    const user = people.at(slot);
    return user !== undefined && matches(user);
  }

  function candidates({ matches, range }: Matching, orderBy?: OrderBy): Candidates {
    const all = { cursorAt: same, positionOf: same, areCertain: false };
    const isMatch = (slot: number): boolean => isLiveMatch(slot, matches);
    if (orderBy !== undefined) {
      const order = ranks(orderBy);
      return { ...all, length: order.length, slotAt: (rank) => order[rank]!, isMatch };
    }
    if (range === undefined) return { ...all, length: people.slots, slotAt: same, isMatch };
    const { slots, isUncertain, isCertain } = sortedSlots.within(range);
    return {
      length: slots.length,
      slotAt: (position) => slots[position]!,
      cursorAt: (position) => slots[position]!,
      positionOf: (cursor) => firstPosition(slots.length, (at) => slots[at]! >= cursor),
      isMatch: (slot) => isLiveMatch(slot, isUncertain(slot) ? matches : undefined),
      areCertain: isCertain,
    };
  }

  return {
    read(from, size, matching, orderBy) {
      const { length, slotAt, cursorAt, positionOf, isMatch } = candidates(matching, orderBy);
      const slots: number[] = [];
      const page = { slots, users: () => slots.map((slot) => people.at(slot)!) };
      for (let position = positionOf(from); position < length; position += 1) {
        const slot = slotAt(position);
        if (!isMatch(slot)) continue;
        if (slots.length === size) return { ...page, next: cursorAt(position) };
        slots.push(slot);
      }
      return { ...page, next: undefined };
    },
    count(matching, query) {
      if (matching.matches === undefined) return people.size;
      return remember(counts, `${people.revision} ${query}`, () => {
        const { length, slotAt, isMatch, areCertain } = candidates(matching);
        if (areCertain) return length;
        let count = 0;
        for (let position = 0; position < length; position += 1) {
          if (isMatch(slotAt(position))) count += 1;
        }
        return count;
      });
    },
  };
}
