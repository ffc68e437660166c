import { odataLiteral } from '../../query/odata.ts';
import type { UserQuery } from '../../query/user-query.ts';

/** The properties by which a listing can be divided. */
export const shardProperties = ['createdDateTime', 'userPrincipalName'] as const;

export type ShardProperty = (typeof shardProperties)[number];

/**
 * One part of a divided listing. A range includes both of its ends: neighbouring ranges share a boundary, so that no
 * user can be between them, in any order of the values. Without `from` or `to` it has no end on
 * that side. Plain JSON.
 */
export type Shard = RangeShard | NullShard | OrderedShard;

export interface RangeShard {
  readonly property: ShardProperty;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** The users without a value of the property. */
export interface NullShard {
  readonly property: ShardProperty;
  readonly isNull: true;
}

/** The orders in which two chains read all users until they meet. */
export const shardOrders = ['ascending', 'descending'] as const;

/** All users in an order of their names, read until the chain meets that of the opposite order. */
export interface OrderedShard {
  readonly property: 'userPrincipalName';
  readonly order: (typeof shardOrders)[number];
}

export function isRange(shard: Shard): shard is RangeShard {
  return !('isNull' in shard) && !isOrdered(shard);
}

export function isOrdered(shard: Shard): shard is OrderedShard {
  return 'order' in shard;
}

/** A time as Graph writes it: the only form that is sent back within a filter. */
const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,7})?Z$/;

/** The longest userPrincipalName that Entra accepts has 113 characters; a boundary needs no more than twice that. */
const longestBoundary = 256;

/** Whether a value from outside can be a boundary of a range. */
export function isBoundary(property: ShardProperty, value: unknown): value is string {
  if (typeof value !== 'string' || value === '' || value.length > longestBoundary) return false;
  return property === 'userPrincipalName' || time.test(value);
}

export function isShard(value: unknown): value is Shard {
  if (typeof value !== 'object' || value === null) return false;
  const { property, from, to, isNull, order } = value as Record<string, unknown>;
  const known = shardProperties.find((each) => each === property);
  if (known === undefined) return false;
  if (order !== undefined)
    return (
      known === 'userPrincipalName' &&
      shardOrders.some((each) => each === order) &&
      [from, to, isNull].every((each) => each === undefined)
    );
  if (isNull !== undefined) return isNull === true && from === undefined && to === undefined;
  return [from, to].every((end) => end === undefined || isBoundary(known, end));
}

/** Returns the shards between the boundaries, in order; with the users without a value, if there can be any. */
export function shardsBetween(property: ShardProperty, boundaries: readonly string[]): Shard[] {
  const ranges = [undefined, ...boundaries].map((from, at): Shard => ({
    property,
    from,
    to: boundaries[at],
  }));
  // Every user has a userPrincipalName; users that were synchronized long ago can lack a time of creation.
  return property === 'createdDateTime' ? [...ranges, { property, isNull: true }] : ranges;
}

/** Returns the shards into which the boundaries divide a range. */
export function divideShard(shard: Shard, boundaries: readonly string[]): Shard[] {
  if (!isRange(shard)) return [shard];
  const { property, from, to } = shard;
  const ends = [from, ...boundaries, to];
  return ends.slice(1).map((end, at) => ({ property, from: ends[at], to: end }));
}

/**
 * Whether each user is in at least one of the shards: the ranges lead from boundary to equal boundary without an end on
 * both outer sides, and users without a value are included.
 */
export function coverAllUsers(shards: readonly Shard[]): boolean {
  const property = shards[0]?.property;
  if (property === undefined || shards.some((shard) => shard.property !== property)) return false;
  if (shards.some(isOrdered))
    return (
      shards.length === 2 && new Set(shards.map((each) => 'order' in each && each.order)).size === 2
    );
  const includesNull = !shards.every(isRange);
  if (property === 'createdDateTime' && !includesNull) return false;
  const ranges = shards.filter(isRange);
  const byStart = new Map(ranges.map((range) => [range.from, range]));
  let reached = byStart.get(undefined);
  for (let step = 0; reached !== undefined && step < ranges.length; step += 1) {
    if (reached.to === undefined) return true;
    reached = byStart.get(reached.to);
  }
  return false;
}

/** Returns a filter for the users that match both filters. */
export function combineFilters(filter: string | undefined, other: string): string {
  return filter === undefined ? other : `(${filter}) and ${other}`;
}

/** Returns the query for the users of a shard. */
export function shardQuery<Query extends UserQuery>(query: Query, shard: Shard): Query {
  if (!isOrdered(shard)) return { ...query, filter: shardFilter(shard, query.filter) };
  const suffix = shard.order === 'descending' ? ' desc' : '';
  return { ...query, orderBy: [`${shard.property}${suffix}`] };
}

/** Returns the filter of a shard, combined with that of the query. */
export function shardFilter(shard: RangeShard | NullShard, filter?: string): string {
  const { property } = shard;
  const literal = (value: string): string =>
    property === 'userPrincipalName' ? odataLiteral(value) : value;
  const terms =
    'isNull' in shard
      ? [`${property} eq null`]
      : [
          ...(shard.from === undefined ? [] : [`${property} ge ${literal(shard.from)}`]),
          ...(shard.to === undefined ? [] : [`${property} le ${literal(shard.to)}`]),
        ];
  return combineFilters(filter, terms.join(' and '));
}
