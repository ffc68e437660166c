import type { User } from '@microsoft/microsoft-graph-types';

import { spelled } from '../query/property-names.ts';
import type { Format, Sink } from './sink.ts';

/** Yields one user for each element of a list; the user with null for an empty list and for none. */
function* explode(users: readonly User[], property: string): Generator<User, void, undefined> {
  for (const user of users) {
    const value = (user as Readonly<Record<string, unknown>>)[property];
    if (!Array.isArray(value)) yield user;
    else if (value.length === 0) yield { ...user, [property]: null };
    else for (const element of value as readonly unknown[]) yield { ...user, [property]: element };
  }
}

/** Returns the format with the option `explode`: a row for each element of a list, before `query` is applied. */
export function exploded(format: Format): Format {
  return {
    ...format,
    createSink({ explode: given, ...options }) {
      const sink = format.createSink(options);
      if (given === undefined) return sink;
      const property = spelled(given);
      const divided: Sink = { ...sink, page: (users) => sink.page([...explode(users, property)]) };
      // Users that are not parsed cannot be divided.
      delete divided.json;
      return divided;
    },
  };
}
