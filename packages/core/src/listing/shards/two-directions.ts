import { reasonsForAdvanced } from '../../query/advanced.ts';
import type { ShardStrategy } from './shard-strategy.ts';

/**
 * All users in the order of userPrincipalName and in the opposite order, until the two chains meet. It needs no filter,
 * so that it can be used where the service refuses ranges or where they would be uneven; it is at most twice as fast as
 * one chain.
 */
export const twoDirections: ShardStrategy = {
  name: 'two-directions',
  property: 'userPrincipalName',
  // Graph combines a filter with an order in advanced queries only.
  accepts: (query) =>
    query.filter === undefined &&
    query.expand === undefined &&
    query.of === undefined &&
    reasonsForAdvanced(query).length === 0,
  plan: async () => [
    { property: 'userPrincipalName', order: 'ascending' },
    { property: 'userPrincipalName', order: 'descending' },
  ],
  divide: async () => undefined,
};
