import type { User } from '../../directory/people.ts';
import { compareValues, type UserPages } from './user-pages.ts';

/**
 * The pages of a set that is small enough to be collected for each request.
 * @param users in slot order
 */
export function pagesOfSome(users: readonly User[]): UserPages {
  return {
    read(from, size, { matches }, orderBy) {
      const ordered =
        orderBy === undefined
          ? users
          : users.toSorted((a, b) => {
              const order = compareValues(a.value(orderBy.property), b.value(orderBy.property));
              return (orderBy.descending ? -order : order) || a.slot - b.slot;
            });
      const found: User[] = [];
      const page = { slots: undefined, users: () => found };
      for (const [rank, user] of ordered.entries()) {
        const cursor = orderBy === undefined ? user.slot : rank;
        if (cursor < from || (matches !== undefined && !matches(user))) continue;
        if (found.length === size) return { ...page, next: cursor };
        found.push(user);
      }
      return { ...page, next: undefined };
    },
    count: ({ matches }) => (matches === undefined ? users : users.filter(matches)).length,
  };
}
