import { cellOf } from '../sinks/cell.ts';
import type { UserPages } from './user-pages.ts';

/** The users that have the same values of some properties. */
export interface UserGroup {
  /** The values by property; null for users that have none. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly count: number;
}

function valueOf(user: object, property: string): unknown {
  const value = Object.hasOwn(user, property)
    ? (user as Readonly<Record<string, unknown>>)[property]
    : cellOf(user, property);
  return value === undefined || value === '' ? null : value;
}

/** Counts the users of a listing by properties; see `countUsersBy` of library.ts. */
export async function countUsersBy(
  listing: UserPages,
  properties: readonly string[],
): Promise<readonly UserGroup[]> {
  const groups = new Map<string, { readonly values: UserGroup['values']; count: number }>();
  for await (const { items } of listing.pages())
    for (const user of items) {
      const key = JSON.stringify(properties.map((name) => cellOf(user, name)));
      const group = groups.get(key);
      if (group === undefined) {
        const values = properties.map((name) => [name, valueOf(user, name)] as const);
        groups.set(key, { values: Object.fromEntries(values), count: 1 });
      } else group.count += 1;
    }
  return [...groups]
    .toSorted(
      ([key, one], [otherKey, other]) => other.count - one.count || (key < otherKey ? -1 : 1),
    )
    .map(([, group]) => group);
}
