import { cellOf } from '../sinks/cell.ts';
import { createTextStore } from './text-store.ts';
import type { UserPages } from './user-pages.ts';
import { createValueTable } from './value-table.ts';

/** A user that has a value which another user has too. */
export interface DuplicateUser {
  readonly id: string;
  /** The userPrincipalName; empty if the listing did not select it. */
  readonly userPrincipalName: string;
}

/** A value that more than one user has. */
export interface DuplicateValue {
  readonly property: string;
  /** In lower case, as it was compared. */
  readonly value: string;
  /** In the order of the listing. */
  readonly users: readonly DuplicateUser[];
}

/**
 * Returns the values of a property in the form in which Entra compares them: without differences of case, each element
 * of a list by itself. `SMTP:` and `smtp:` of proxy addresses, which mark the primary address, become equal.
 */
function comparedValues(user: object, property: string): readonly string[] {
  const value = (user as Readonly<Record<string, unknown>>)[property];
  const values = Array.isArray(value)
    ? value.map((each) => cellOf({ each: each as unknown }, 'each'))
    : [cellOf(user, property)];
  return [...new Set(values.map((each) => each.trim().toLowerCase()))].filter(
    (each) => each !== '',
  );
}

function toUser(text: string): DuplicateUser {
  const [id = '', userPrincipalName = ''] = text.split('\n');
  return { id, userPrincipalName };
}

/** Finds values that several users have; see `findDuplicateUsers` of library.ts. */
export async function findDuplicateUsers(
  listing: UserPages,
  properties: readonly string[],
): Promise<readonly DuplicateValue[]> {
  const users = createTextStore();
  const table = createValueTable();
  const found = new Map<string, { property: string; value: string; numbers: number[] }>();
  for await (const { items } of listing.pages())
    for (const user of items) {
      const number = users.add(`${user.id}\n${cellOf(user, 'userPrincipalName')}`);
      for (const property of properties)
        for (const value of comparedValues(user, property)) {
          const key = `${property}\n${value}`;
          const first = table.addOrGet(key, number);
          if (first === undefined) continue;
          const known = found.get(key);
          if (known === undefined) found.set(key, { property, value, numbers: [first, number] });
          else known.numbers.push(number);
        }
    }
  return [...found.values()]
    .toSorted(
      (one, other) =>
        properties.indexOf(one.property) - properties.indexOf(other.property) ||
        (one.value < other.value ? -1 : 1),
    )
    .map(({ property, value, numbers }) => ({
      property,
      value,
      users: numbers.map((number) => toUser(users.get(number))),
    }));
}
