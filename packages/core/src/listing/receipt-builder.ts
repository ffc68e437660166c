import type { Clock } from '../ports.ts';
import { fingerprint } from '../query/fingerprint.ts';
import type { UserQuery } from '../query/user-query.ts';
import { createRequestMetrics, type RequestMetrics } from '../graph/request-metrics.ts';
import { createIdSet } from './id-set.ts';
import type { Receipt } from './receipt.ts';

/** Whose users are listed. */
export interface ListedTenant {
  readonly tenant: string;
  readonly cloud: string;
}

/** Writes the receipt while the listing runs. */
export interface ReceiptBuilder {
  readonly metrics: RequestMetrics;
  /** Takes a page and gives back those of its items that nobody has seen. */
  accept<Item extends { readonly id: string }>(items: readonly Item[]): Item[];
  /** A user whom an earlier run gave out. */
  markSeen(id: string): void;
  recordCount(when: 'start' | 'end', users: number | null): void;
  /** Every page has come and passed. */
  complete(): void;
  receipt(): Receipt;
}

/**
 * Whether what came agrees with the tenant's own count. Users come and go while we read, so anything between the
 * count before and the count after agrees.
 */
function reconcile(users: number, start: number | null, end: number | null): boolean | null {
  const counts = [start, end].filter((count) => count !== null);
  if (counts.length === 0) return null;
  return users >= Math.min(...counts) && users <= Math.max(...counts);
}

export function createReceiptBuilder(
  { tenant, cloud }: ListedTenant,
  query: UserQuery,
  clock: Clock,
  earlier?: Receipt,
): ReceiptBuilder {
  const ids = createIdSet();
  const metrics = createRequestMetrics(earlier);
  const iso = (): string => new Date(clock.wall()).toISOString();
  const startedAt = earlier?.startedAt ?? iso();
  let pages = earlier?.pages ?? 0;
  let users = earlier?.users ?? 0;
  let duplicates = earlier?.duplicates ?? 0;
  let countAtStart = earlier?.countAtStart ?? null;
  ids.reserve(countAtStart ?? 0);
  let countAtEnd: number | null = null;
  let end: { readonly finishedAt: string; readonly sha256: string } | undefined;
  return {
    metrics,
    accept(items) {
      const fresh = items.filter((item) => ids.add(item.id));
      pages += 1;
      users += fresh.length;
      duplicates += items.length - fresh.length;
      return fresh;
    },
    markSeen: (id) => void ids.add(id),
    recordCount(when, count) {
      if (when === 'start') countAtStart = count;
      else countAtEnd = count;
      ids.reserve(countAtStart ?? 0);
    },
    complete() {
      end = { finishedAt: iso(), sha256: ids.digest() };
    },
    receipt: () => ({
      complete: end !== undefined,
      reconciled: end === undefined ? null : reconcile(users, countAtStart, countAtEnd),
      tenant,
      cloud,
      query,
      fingerprint: fingerprint(tenant, cloud, query),
      users,
      pages,
      shards: 1,
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
