import type { User } from '@microsoft/microsoft-graph-types';

import { BadRequestError } from '../errors/bad-request-error.ts';
import { PageLinkExpiredError } from '../errors/page-link-expired-error.ts';
import type { ItemList } from '../paging/item-list.ts';
import { type Page, type ReceivedPage, toPage } from '../paging/page.ts';
import type { Identified } from '../paging/read-page.ts';
import { type ChainListOptions, createChainList } from './chain-list.ts';
import type { ChainState } from './chain-state.ts';
import { IgnoredFilter, readShards } from './parallel/read-shards.ts';
import type { Receipt } from './receipt.ts';
import type { ReceiptBuilder } from './receipt-builder.ts';
import type { ShardPlan, ShardPlanner } from './shards/shard-plan.ts';

/**
 * A listing: iterate it once, by user or by page. Two pages are in memory at a time, because the next one is requested
 * while a page is used; in a parallel listing, one for each request. A second iteration throws a TypeError, as a locked
 * stream does.
 *
 * @example
 * const listing = directory.users.list({ select: ['id', 'displayName'] });
 * for await (const user of listing) console.log(user.displayName);
 * console.log(listing.receipt().complete, listing.receipt().users);
 */
export interface UserListing<Item = User> extends AsyncIterable<Item> {
  /**
   * Yields the same users page by page, with the link and the cost of each page.
   *
   * @example
   * for await (const { items, resourceUnits } of listing.pages()) console.log(items.length, resourceUnits);
   */
  pages(): AsyncIterable<Page<Item>>;
  /**
   * Returns the receipt of what was read so far; `complete` is true only after the last page has passed its checks.
   *
   * @example
   * await writeFile('receipt.json', JSON.stringify(listing.receipt()));
   */
  receipt(): Receipt;
  /**
   * Returns how far each chain was read. {@link ListingResume} takes it together with the receipt and the IDs.
   *
   * @example
   * const resume = { chains: listing.chains(), receipt: listing.receipt(), ids };
   * const rest = directory.users.list(query, { resume });
   */
  chains(): readonly ChainState[];
}

/** Where an interrupted listing continues. Plain JSON, except for `ids`; everything in it is checked. */
export interface ListingResume {
  /** The result of `listing.chains()` after the last page that was kept. */
  readonly chains: readonly ChainState[];
  /** The result of `listing.receipt()` after that page. */
  readonly receipt: Receipt;
  /** The ids of all users that were kept. */
  readonly ids: AsyncIterable<string> | Iterable<string>;
}

/** The state of an earlier run, checked. */
export type ResumedListing = Pick<ListingResume, 'chains' | 'ids'>;

/** The tenant's own `$count`. */
export interface CountSource {
  /** The number of users; null when it cannot be requested. */
  count(when: 'start' | 'end'): Promise<number | null>;
  /** Waits before the count is requested again. */
  pause(): Promise<void>;
}

export interface ListingOptions<Item extends Identified> extends ChainListOptions<Item> {
  /** Runs before the first request of the listing. */
  readonly prepare?: (() => Promise<void>) | undefined;
  readonly counts: CountSource;
  readonly builder: ReceiptBuilder;
  /** Divides the listing into chains that are read in parallel; it is read sequentially when absent. */
  readonly planner?: ShardPlanner | undefined;
  /** The maximum number of users; no maximum when absent. */
  readonly limit?: number | undefined;
  readonly resumed?: ResumedListing | undefined;
}

/** Creates a listing that can be iterated once. Nothing is requested before. */
export function createListing<Item extends Identified>(
  options: ListingOptions<Item>,
): UserListing<Item> {
  const { builder, limit = Infinity, resumed, log, counts, planner, pageSize } = options;
  const chains = createChainList(options, resumed?.chains);
  let isStarted = false;

  async function* readSequentially(): AsyncGenerator<ReceivedPage<Item>, void, undefined> {
    let left = limit - builder.receipt().users;
    for (const chain of chains.unfinished) {
      if (left <= 0) return;
      const accept = (items: ItemList<Item>): ItemList<Item> => {
        const accepted = builder.accept(items.take(left));
        left -= accepted.length;
        return accepted;
      };
      const readsAhead = (expected: number): boolean => left > expected;
      for await (const page of chains.follow(chain, accept, { readsAhead })) {
        chains.advance(chain, page);
        yield page;
        if (left <= 0) return;
      }
    }
  }

  /** Reads the shards; all users sequentially when the service refuses or ignores their filters. */
  async function* readDivided(
    plan: ShardPlan,
  ): AsyncGenerator<ReceivedPage<Item>, void, undefined> {
    const { strategy } = plan;
    try {
      yield* readShards(chains, plan, builder, pageSize);
      return;
    } catch (error) {
      const refused =
        (error instanceof BadRequestError && error.status === 400) ||
        error instanceof PageLinkExpiredError
          ? error
          : undefined;
      if (refused === undefined && !(error instanceof IgnoredFilter)) throw error;
      const reason = refused === undefined ? 'ignored' : 'refused';
      log('parallel-listing-refused', { strategy, reason, code: refused?.graphCode });
    }
    planner?.reject(strategy);
    chains.startOver();
    builder.recordDivision('sequential', 1);
    yield* readSequentially();
  }

  async function planOf(total: number | null): Promise<ShardPlan | undefined> {
    const shards = chains.states.flatMap(({ shard }) => shard ?? []);
    if (resumed !== undefined) return shards.length === 0 ? undefined : planner?.resume(shards);
    const plan = total === null ? undefined : await planner?.plan(total);
    if (plan !== undefined) chains.divide(plan.shards);
    return plan;
  }

  /** Counts at the end; a second time if the first count disagrees, because it comes from an index that lags. */
  async function countAtEnd(): Promise<void> {
    builder.recordCount('end', await counts.count('end'));
    if (builder.reconciles() !== false) return;
    await counts.pause();
    builder.recordCount('end', await counts.count('end'));
  }

  async function* readAll(): AsyncGenerator<ReceivedPage<Item>, void, undefined> {
    const plan = await planOf(builder.receipt().countAtStart);
    if (plan === undefined) yield* readSequentially();
    else yield* readDivided(plan);
    await countAtEnd();
    // Also when an interrupted parallel listing was continued sequentially.
    const isDivided = chains.states.some(({ shard }) => shard !== undefined);
    if (!isDivided || builder.reconciles() === true) return;
    // Shared boundaries prove that no user is between two shards if the service applies the filters as documented. The
    // count tests that it does.
    log('parallel-listing-checked', { users: builder.receipt().users });
    builder.recordDivision(builder.receipt().strategy, chains.states.length + 1);
    chains.startOver();
    yield* readSequentially();
    await countAtEnd();
  }

  async function* pages(): AsyncGenerator<Page<Item>, void, undefined> {
    // A second reader would receive nothing, or the rest, and take it for all users.
    if (isStarted)
      throw new TypeError(
        'This listing has been iterated already: call users.list() again for another one.',
      );
    isStarted = true;
    await options.prepare?.();
    if (resumed === undefined) builder.recordCount('start', await counts.count('start'));
    else for await (const id of resumed.ids) builder.markSeen(id);
    for await (const page of readAll()) yield toPage(page);
    builder.complete();
  }

  return {
    pages,
    receipt: () => builder.receipt(),
    chains: () => chains.states,
    async *[Symbol.asyncIterator]() {
      for await (const page of pages()) yield* page.items;
    },
  };
}
