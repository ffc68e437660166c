import type { UserQuery } from './user-query.ts';

/** Returns `query` with the options of `defaults` for those that are absent or `undefined`. */
export function withDefaults(query: UserQuery, defaults: UserQuery | undefined): UserQuery {
  if (defaults === undefined) return query;
  const said = Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined));
  return { ...defaults, ...said };
}
