import type { UserQuery } from '../query/user-query.ts';

/** The proof that ends a listing: what was asked, what came, and whether it adds up (see docs/contract of the receipt). */
export interface Receipt {
  /** Every page passed every check, to the last one. */
  readonly complete: boolean;
  /** Whether the tenant's own `$count` agrees; null where it could not be asked. */
  readonly reconciled: boolean | null;
  readonly tenant: string;
  readonly cloud: string;
  readonly query: UserQuery;
  /** SHA-256 over tenant, cloud and query: the same question has the same fingerprint. */
  readonly fingerprint: string;
  readonly users: number;
  readonly pages: number;
  readonly shards: number;
  readonly duplicates: number;
  readonly countAtStart: number | null;
  readonly countAtEnd: number | null;
  /** Requests sent for the listing, retries included. */
  readonly requests: number;
  readonly retries: number;
  readonly throttledMs: number;
  readonly resourceUnits: number;
  /** Tokens acquired while listing. */
  readonly tokens: number;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly finishedAt: string | null;
  /** Over the sorted ids, one a line: two listings of the same directory agree whatever their order. */
  readonly sha256: string | null;
  /** The service's names for the first and the last request. */
  readonly requestIds: readonly string[];
}
