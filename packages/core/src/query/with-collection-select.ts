import { collectionOf } from './collections/collection-of.ts';
import { defaultProperties } from './default-properties.ts';
import type { UserQuery } from './user-query.ts';

/** Returns a query that also selects what its collection is read for, unless it has a `select` of its own. */
export function withCollectionSelect<Query extends Pick<UserQuery, 'of' | 'select'>>(
  query: Query,
): Query {
  const { alsoSelected } = collectionOf(query.of);
  if (alsoSelected === undefined || (query.select?.length ?? 0) > 0) return query;
  return { ...query, select: [...defaultProperties, ...alsoSelected] };
}
