import type { User } from '../../directory/people.ts';
import { compareValues, type UserPages } from './user-pages.ts';

/** The users of a collection that is smaller than the directory. */
export interface SomeUsers {
  /** Their slots, in ascending order. */
  readonly slots: readonly number[];
  readonly at: (slot: number) => User | undefined;
}

/** The pages of a collection that is collected for each request; a user is made when a page reaches it. */
export function pagesOfSome({ slots, at }: SomeUsers): UserPages {
  const everyUser = (): readonly User[] => slots.flatMap((slot) => at(slot) ?? []);
  return {
    read(from, size, { matches }, orderBy) {
      const sorted =
        orderBy &&
        everyUser().toSorted((a, b) => {
          const order = compareValues(a.value(orderBy.property), b.value(orderBy.property));
          return (orderBy.descending ? -order : order) || a.slot - b.slot;
        });
      const users: User[] = [];
      const page = { slots: undefined, users: () => users };
      const length = sorted?.length ?? slots.length;
      for (let rank = 0; rank < length; rank += 1) {
        const cursor = sorted === undefined ? slots[rank]! : rank;
        if (cursor < from) continue;
        const user = sorted === undefined ? at(cursor) : sorted[rank];
        if (user === undefined || (matches !== undefined && !matches(user))) continue;
        if (users.length === size) return { ...page, next: cursor };
        users.push(user);
      }
      return { ...page, next: undefined };
    },
    count: ({ matches }) =>
      matches === undefined ? slots.length : everyUser().filter(matches).length,
  };
}
