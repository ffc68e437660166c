import type { UserQuery } from '../query/user-query.ts';
import type { Strategy } from './shards/shard-plan.ts';

/**
 * The receipt of a listing: what was requested, what was read, and whether it is complete. Graph's reads are eventually
 * consistent, so a receipt describes the directory as the replicas that responded knew it between `startedAt` and
 * `finishedAt`.
 */
export interface Receipt {
  /** Every page of every chain passed every check, to the last one. */
  readonly complete: boolean;
  /**
   * Whether the tenant's own `$count` agrees, users added or removed meanwhile allowed for; null when it could not be
   * requested.
   */
  readonly reconciled: boolean | null;
  readonly tenant: string;
  readonly cloud: string;
  /** The path of the collection below the Graph root, such as `users`; object IDs take the place of names. */
  readonly collection: string;
  readonly query: UserQuery;
  /** SHA-256 over tenant, cloud and query: equal for equal requests. */
  readonly fingerprint: string;
  readonly users: number;
  readonly pages: number;
  /** The number of chains: sequences of next links. */
  readonly chains: number;
  /** How the listing was divided into chains. */
  readonly strategy: Strategy;
  /** Users that were selected locally, of those that were read; null when all of them are passed on. */
  readonly selected: number | null;
  /** Users that were received more than once, and passed on once. */
  readonly duplicates: number;
  readonly countAtStart: number | null;
  readonly countAtEnd: number | null;
  /** Requests that were sent, retries included. */
  readonly requests: number;
  readonly retries: number;
  /** Time spent waiting because the service asked for it, in milliseconds. */
  readonly throttledMs: number;
  readonly resourceUnits: number;
  /** Tokens that were acquired meanwhile. */
  readonly tokens: number;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly finishedAt: string | null;
  /** SHA-256 over the sorted ids, one per line: equal for two listings of the same users, in any order. */
  readonly sha256: string | null;
  /** The service's ids of the first and the last request. */
  readonly requestIds: readonly string[];
}
