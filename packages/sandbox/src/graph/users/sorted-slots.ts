import type { People } from '../../directory/people.ts';
import type { FilterRange, SortedProperty } from '../filter/filter-range.ts';

/** The users that can be in a range, found without reading all users. */
export interface SortedSlots {
  within(range: FilterRange): RangeOfSlots;
  /** All live users by name, ignoring case, as Graph's tokens of plain lists do. */
  byName(): Uint32Array;
}

export interface RangeOfSlots {
  /** In ascending order: all users of the range, and those that changed since the users were sorted. */
  readonly slots: Uint32Array;
  /** Whether the user of a slot may be outside of the range, because the user changed or the range is not exact. */
  readonly isUncertain: (slot: number) => boolean;
  /** Whether no user of the range is uncertain. */
  readonly isCertain: boolean;
}

/** Users sorted by one property. */
interface Sorted {
  /** The slots, in the order of their values. */
  readonly slots: Uint32Array;
  /** The slots of the users without a value. */
  readonly withoutValue: Uint32Array;
  /** False when values were shortened to sort them, so that a range can contain users outside of its ends. */
  readonly isExact: boolean;
  /** The number of users with a smaller value. */
  below(value: string): number;
  /** The number of users with a smaller or the same value. */
  upTo(value: string): number;
}

/** After more changes than this part of the users, they are sorted again. */
const mostChanged = 0.02;

/** The ranges whose slots are kept, so that following pages do not collect them again. */
const keptRanges = 512;

/** Returns the first position at which `isPast` is true; `isPast` is false before and true from there on. */
export function firstPosition(length: number, isPast: (at: number) => boolean): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isPast(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Seconds and slot in one number that a double can hold: the users of a sandbox are fewer than 2^22. */
const slotBits = 2 ** 22;

function sortByTime(people: People): Sorted {
  const keys = new Float64Array(people.slots);
  const withoutValue: number[] = [];
  let users = 0;
  let isExact = true;
  for (let slot = 0; slot < people.slots; slot += 1) {
    const value = people.at(slot)?.value('createdDateTime');
    if (value === null) withoutValue.push(slot);
    if (typeof value !== 'string') continue;
    const time = Date.parse(value);
    isExact &&= time % 1000 === 0;
    keys[users++] = Math.floor(time / 1000) * slotBits + slot;
  }
  const sorted = keys.subarray(0, users).toSorted();
  const seconds = (at: number): number => Math.floor((sorted[at] ?? 0) / slotBits);
  return {
    slots: Uint32Array.from(sorted, (key) => key % slotBits),
    withoutValue: Uint32Array.from(withoutValue),
    isExact,
    below: (value) =>
      firstPosition(users, (at) => seconds(at) >= Math.floor(Date.parse(value) / 1000)),
    upTo: (value) =>
      firstPosition(users, (at) => seconds(at) > Math.ceil(Date.parse(value) / 1000)),
  };
}

function sortByName(people: People): Sorted {
  const rows: string[] = [];
  for (let slot = 0; slot < people.slots; slot += 1) {
    const value = people.at(slot)?.value('userPrincipalName');
    // Strings sort several times faster without a comparison function. NUL sorts before every character of a name.
    if (typeof value === 'string') rows.push(`${value.toUpperCase()}\0${slot}`);
  }
  rows.sort();
  const nameAt = (at: number): string => rows[at]?.split('\0', 1)[0] ?? '';
  return {
    slots: Uint32Array.from(rows, (row) => Number(row.slice(row.indexOf('\0') + 1))),
    // Every user has a name.
    withoutValue: new Uint32Array(0),
    isExact: true,
    below: (value) => firstPosition(rows.length, (at) => nameAt(at) >= value.toUpperCase()),
    upTo: (value) => firstPosition(rows.length, (at) => nameAt(at) > value.toUpperCase()),
  };
}

const sorters: Readonly<Record<SortedProperty, (people: People) => Sorted>> = {
  createdDateTime: sortByTime,
  userPrincipalName: sortByName,
};

/** The slots of a range in ascending order. */
function slotsOf(users: Sorted, { from, to, isNull }: FilterRange): Uint32Array {
  if (isNull === true) return users.withoutValue;
  const start = from === undefined ? 0 : users.below(from);
  const end = to === undefined ? users.slots.length : users.upTo(to);
  return users.slots.slice(start, Math.max(start, end)).toSorted();
}

export function createSortedSlots(people: People): SortedSlots {
  const sorted = new Map<SortedProperty, { readonly users: Sorted; readonly revision: number }>();
  const ranges = new Map<string, RangeOfSlots>();

  function sortedBy(property: SortedProperty): {
    readonly users: Sorted;
    readonly revision: number;
  } {
    const known = sorted.get(property);
    const isRecent =
      known !== undefined && people.revision - known.revision <= people.size * mostChanged;
    if (known !== undefined && isRecent) return known;
    const made = { users: sorters[property](people), revision: people.revision };
    sorted.set(property, made);
    return made;
  }

  return {
    byName() {
      const known = sorted.get('userPrincipalName');
      if (known !== undefined && known.revision !== people.revision) {
        sorted.delete('userPrincipalName');
      }
      return sortedBy('userPrincipalName').users.slots;
    },
    within(range) {
      const { property, from, to, isNull, isExact } = range;
      const key = `${people.revision} ${property} ${JSON.stringify([from, to, isNull])} ${isExact}`;
      const known = ranges.get(key);
      if (known !== undefined) return known;
      const { users, revision } = sortedBy(property);
      const found = slotsOf(users, range);
      const changed = new Set(people.changes(revision, people.revision).map(({ slot }) => slot));
      const areExact = isExact && users.isExact;
      const made: RangeOfSlots = {
        slots:
          changed.size === 0 ? found : Uint32Array.from(new Set([...found, ...changed])).toSorted(),
        isUncertain: (slot) => !areExact || changed.has(slot),
        isCertain: areExact && changed.size === 0,
      };
      ranges.set(key, made);
      if (ranges.size > keptRanges) ranges.delete(ranges.keys().next().value ?? '');
      return made;
    },
  };
}
