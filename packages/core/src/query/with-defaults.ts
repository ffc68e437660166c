import type { UserQuery } from './user-query.ts';

/** `query`, with the options of `defaults` where it says nothing; an option that is `undefined` says nothing. */
export function withDefaults(query: UserQuery, defaults: UserQuery | undefined): UserQuery {
  if (defaults === undefined) return query;
  const said = Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined));
  return { ...defaults, ...said };
}
