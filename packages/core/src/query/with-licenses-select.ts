import { defaultProperties } from './default-properties.ts';
import type { UserQuery } from './user-query.ts';

/** Returns a query that also selects the licenses of each user when their product names are added. */
export function withLicensesSelect<Query extends Pick<UserQuery, 'licenses' | 'select'>>(
  query: Query,
): Query {
  if (query.licenses !== true) return query;
  const { select = [] } = query;
  const own = select.length > 0 ? select : defaultProperties;
  return { ...query, select: [...new Set([...own, 'assignedLicenses'])] };
}
