import type { UserQuery } from './user-query.ts';

/**
 * What one page costs, in Graph's resource units (Graph's throttling limits, identity and access): 2, one less with
 * `$select`, one more with `$expand`, one less for fewer than 20 users, and never under 1.
 */
export function pageUnits(query: Pick<UserQuery, 'select' | 'expand'>, top: number): number {
  const selected = query.select !== undefined && query.select.length > 0;
  return Math.max(
    1,
    2 - (selected ? 1 : 0) + (query.expand === undefined ? 0 : 1) - (top < 20 ? 1 : 0),
  );
}
