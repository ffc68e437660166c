import type { Shard } from './shard.ts';

/** How a listing was divided into chains, by the property whose ranges they read. */
export const strategies = [
  'sequential',
  'created-date-ranges',
  'user-principal-name-ranges',
  'two-directions',
] as const;

export type Strategy = (typeof strategies)[number];

/** The division of one listing. */
export interface ShardPlan {
  readonly strategy: Exclude<Strategy, 'sequential'>;
  readonly shards: readonly Shard[];
  /** How many of them are read at the same time. */
  readonly workers: number;
  /**
   * Divides a shard that takes longer than the others; undefined when it is small, or cannot be divided.
   * @param users how many users of it were read
   * @param parts the number of shards to make of it
   */
  divide(shard: Shard, users: number, parts: number): Promise<readonly Shard[] | undefined>;
}

/** Divides the listings of one query. */
export interface ShardPlanner {
  /**
   * Returns a plan for a listing; undefined when it should be read sequentially.
   * @param total the number of users, by `$count`
   */
  plan(total: number): Promise<ShardPlan | undefined>;
  /** Returns the plan of an interrupted listing. */
  resume(shards: readonly Shard[]): ShardPlan | undefined;
  /** Records that the service does not read the shards of a strategy, so that the next listing uses another one. */
  reject(strategy: ShardPlan['strategy']): void;
}
