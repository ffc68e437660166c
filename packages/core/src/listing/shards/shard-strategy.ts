import type { UserQuery } from '../../query/user-query.ts';
import type { SampledUser } from './sample.ts';
import type { Shard, ShardProperty } from './shard.ts';
import type { ShardPlan } from './shard-plan.ts';

/** What a planner requests from the service. */
export interface ShardRequests {
  /** The first page of the users that match, with the properties of a sample. */
  sample(filter: string | undefined): Promise<readonly SampledUser[]>;
  count(filter: string): Promise<number>;
  /** The userPrincipalNames of the first users that match. */
  names(filter: string): Promise<readonly string[]>;
}

/** What is known of a listing before it is divided. */
export interface ListingFacts {
  readonly query: UserQuery;
  readonly requests: ShardRequests;
  readonly sample: readonly SampledUser[];
  /** The number of users. */
  readonly total: number;
  readonly workers: number;
  /** The largest number of shards that makes sense. */
  readonly most: number;
}

/** What is known of a shard that takes longer than the others. */
export interface ShardFacts {
  readonly query: UserQuery;
  readonly requests: ShardRequests;
  /** The number of shards to make of it. */
  readonly parts: number;
  readonly pageSize: number;
  /** The number of its users that were read. */
  readonly users: number;
  /** The wall time, in milliseconds. */
  readonly now: number;
}

/** A way to divide a listing. */
export interface ShardStrategy {
  readonly name: ShardPlan['strategy'];
  readonly property: ShardProperty;
  /** Whether the ranges can be combined with the query. */
  accepts(query: UserQuery): boolean;
  /** Returns shards that cover all users; undefined when they would not be even, `refused` when the service refuses. */
  plan(facts: ListingFacts): Promise<readonly Shard[] | 'refused' | undefined>;
  /** Returns the parts of a shard; undefined when it cannot be divided, or is nearly read. */
  divide(shard: Shard, facts: ShardFacts): Promise<readonly Shard[] | undefined>;
}
