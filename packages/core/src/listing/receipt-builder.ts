import { createRequestMetrics, type RequestMetrics } from '../graph/request-metrics.ts';
import type { ItemList } from '../paging/item-list.ts';
import type { Clock } from '../ports.ts';
import { fingerprint } from '../query/fingerprint.ts';
import type { UserQuery } from '../query/user-query.ts';
import { createIdSet } from './id-set.ts';
import type { Receipt } from './receipt.ts';
import type { Strategy } from './shards/shard-plan.ts';

/** The tenant that is listed. */
export interface ListedTenant {
  readonly tenant: string;
  readonly cloud: string;
}

/** Builds the receipt while a listing is read. */
export interface ReceiptBuilder {
  readonly metrics: RequestMetrics;
  /** Records a page and returns those of its items that were not seen before. */
  accept<Item>(items: ItemList<Item>): ItemList<Item>;
  /** Records a user that an earlier run passed on. */
  markSeen(id: string): void;
  /** Records the path of the collection below the Graph root; it is `/users` before. */
  recordCollection(path: string): void;
  /** Records how many users of a page were selected locally. */
  recordSelected(users: number): void;
  recordCount(when: 'start' | 'end', users: number | null): void;
  /** Records how the listing is divided; it is one sequential chain before. */
  recordDivision(strategy: Strategy, chains: number): void;
  /** Whether the users that were read agree with the counts; null when there is no count. */
  reconciles(): boolean | null;
  /** Records that every page of every chain has passed its checks. */
  complete(): void;
  receipt(): Receipt;
}

/**
 * Whether the number of users agrees with the tenant's own count. Users are added and removed while the listing runs,
 * so that every number between the count at the start and the count at the end agrees.
 */
function reconcile(users: number, start: number | null, end: number | null): boolean | null {
  const counts = [start, end].filter((count) => count !== null);
  if (counts.length === 0) return null;
  return users >= Math.min(...counts) && users <= Math.max(...counts);
}

export interface ReceiptBuilderOptions {
  readonly listed: ListedTenant;
  readonly query: UserQuery;
  readonly clock: Clock;
  /** The receipt of the run that is resumed. */
  readonly earlier?: Receipt | undefined;
}

export function createReceiptBuilder(options: ReceiptBuilderOptions): ReceiptBuilder {
  const { query, clock, earlier } = options;
  const { tenant, cloud } = options.listed;
  const ids = createIdSet();
  const metrics = createRequestMetrics(earlier);
  const now = (): string => new Date(clock.wall()).toISOString();
  const startedAt = earlier?.startedAt ?? now();
  let pages = earlier?.pages ?? 0;
  let users = earlier?.users ?? 0;
  let duplicates = earlier?.duplicates ?? 0;
  let countAtStart = earlier?.countAtStart ?? null;
  ids.reserve(countAtStart ?? 0);
  let countAtEnd: number | null = null;
  let strategy: Strategy = earlier?.strategy ?? 'sequential';
  let collection = 'users';
  let selected = earlier?.selected ?? null;
  let chains = earlier?.chains ?? 1;
  let end: { readonly finishedAt: string; readonly sha256: string } | undefined;
  return {
    metrics,
    accept(items) {
      const fresh = items.filter((id) => ids.add(id));
      pages += 1;
      users += fresh.length;
      duplicates += items.length - fresh.length;
      return fresh;
    },
    markSeen: (id) => void ids.add(id),
    recordCollection(path) {
      collection = path.slice(1);
    },
    recordSelected(count) {
      selected = (selected ?? 0) + count;
    },
    recordCount(when, count) {
      if (when === 'start') countAtStart = count;
      else countAtEnd = count;
      ids.reserve(countAtStart ?? 0);
    },
    recordDivision(by, number) {
      [strategy, chains] = [by, number];
    },
    reconciles: () => reconcile(users, countAtStart, countAtEnd),
    complete() {
      end = { finishedAt: now(), sha256: ids.digest() };
    },
    receipt: () => ({
      complete: end !== undefined,
      reconciled: end === undefined ? null : reconcile(users, countAtStart, countAtEnd),
      tenant,
      cloud,
      collection,
      query,
      fingerprint: fingerprint(tenant, cloud, query),
      users,
      pages,
      chains,
      strategy,
      selected,
      duplicates,
      countAtStart,
      countAtEnd,
      ...metrics,
      throttledMs: Math.round(metrics.throttledMs),
      startedAt,
      finishedAt: end?.finishedAt ?? null,
      sha256: end?.sha256 ?? null,
    }),
  };
}
