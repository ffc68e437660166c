import type { People, User } from '../../directory/people.ts';
import type { UserValue } from '../../directory/user-values.ts';
import type { FilterRange } from '../filter/filter-range.ts';
import type { UserTest } from '../filter/match-filter.ts';
import type { OrderBy } from '../query/order-by.ts';
import { createSortedSlots } from './sorted-slots.ts';

/** Users of a page, and the cursor at which the next one begins; undefined after the last user. */
export interface PageOfUsers {
  readonly users: readonly User[];
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

export function createUserPages(people: People): UserPages {
  const sorted = new Map<string, Uint32Array>();
  const counts = new Map<string, number>();
  const slots = createSortedSlots(people);

  /** All users in order. Filters are applied while paging, so that one order serves all of them. */
  function ranks({ property, descending }: OrderBy): Uint32Array {
    return remember(sorted, `${people.revision} ${property} ${descending}`, () => {
      // A large tenant is sorted by name once, for both directions and for ranges of names.
      if (property === 'userPrincipalName') {
        return descending ? slots.byName().toReversed() : slots.byName();
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

  /** The slots to look at from the cursor on, in order, with the cursor of each. */
  function* candidates(from: number, range: FilterRange | undefined, orderBy?: OrderBy) {
    if (orderBy !== undefined) {
      const order = ranks(orderBy);
      for (let rank = from; rank < order.length; rank += 1)
        yield { cursor: rank, slot: order[rank]! };
    } else if (range === undefined) {
      for (let slot = from; slot < people.slots; slot += 1) yield { cursor: slot, slot };
    } else {
      for (const slot of slots.within(range)) if (slot >= from) yield { cursor: slot, slot };
    }
  }

  return {
    read(from, size, { matches, range }, orderBy) {
      const users: User[] = [];
      for (const { cursor, slot } of candidates(from, range, orderBy)) {
        const user = people.at(slot);
        if (user === undefined || (matches !== undefined && !matches(user))) continue;
        if (users.length === size) return { users, next: cursor };
        users.push(user);
      }
      return { users, next: undefined };
    },
    count({ matches, range }, query) {
      if (matches === undefined) return people.size;
      return remember(counts, `${people.revision} ${query}`, () => {
        let count = 0;
        for (const { slot } of candidates(0, range)) {
          const user = people.at(slot);
          if (user !== undefined && matches(user)) count += 1;
        }
        return count;
      });
    },
  };
}
