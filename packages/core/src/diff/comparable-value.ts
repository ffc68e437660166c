import { cellOf } from '../sinks/cell.ts';
import type { ExportedUser } from './read-users.ts';

/** Returns a value with the members of objects and the elements of lists in a fixed order. */
function ordered(value: unknown): unknown {
  if (Array.isArray(value)) {
    const elements = value.map((each) => [JSON.stringify(ordered(each)) ?? '', each] as const);
    return elements
      .toSorted(([one], [other]) => (one < other ? -1 : Number(one > other)))
      .map(([, each]) => ordered(each));
  }
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(members.map(([name, member]) => [name, ordered(member)]));
}

/**
 * Returns the value of a property as text: equal texts are equal values. Null, absent and empty are the same, because
 * they are in csv. Graph returns lists in no particular order, so that their order is ignored where it is known what
 * a list is: in JSON formats.
 * @param isTabular whether one of the two exports is csv or tsv
 */
export function comparableValue(user: ExportedUser, property: string, isTabular: boolean): string {
  const value = user[property];
  // Most values; the general rule returns the same.
  if (typeof value === 'string') return value;
  return cellOf(isTabular ? user : { [property]: ordered(value) }, property);
}
