import type { User } from '@microsoft/microsoft-graph-types';

import type { Log } from '../events.ts';
import { followChain, type PageSource } from '../paging/chain.ts';
import type { Page } from '../paging/page.ts';
import type { Identified } from '../paging/read-page.ts';
import type { ChainState } from './chain-state.ts';
import type { Receipt } from './receipt.ts';
import type { ReceiptBuilder } from './receipt-builder.ts';

/**
 * A listing: iterate it once, by user or by page. One page is in memory at a time. A second iteration throws a
 * TypeError, as a locked stream does.
 *
 * @example
 * const listing = directory.users.list({ select: ['id', 'displayName'] });
 * for await (const user of listing) console.log(user.displayName);
 * console.log(listing.receipt().complete, listing.receipt().users);
 */
export interface UserListing<Item = User> extends AsyncIterable<Item> {
  /** The same users page by page, with the link and the cost of each page. */
  pages(): AsyncIterable<Page<Item>>;
  /** The receipt of what was read so far; `complete` is true only after the last page has passed its checks. */
  receipt(): Receipt;
  /** How far each chain was read. Together with the receipt and the ids it is what {@link ListingResume} needs. */
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
}

export interface ListingOptions<Item extends Identified> {
  /** One source for each chain. The chains can overlap: users are passed on once. */
  readonly sources: readonly PageSource<Page<Item>>[];
  readonly pageSize: number;
  readonly counts: CountSource;
  readonly builder: ReceiptBuilder;
  readonly log: Log;
  /** The maximum number of users; no maximum when absent. */
  readonly limit?: number | undefined;
  readonly resumed?: ResumedListing | undefined;
}

/** Creates a listing that can be iterated once. Nothing is requested before. */
export function createListing<Item extends Identified>(
  options: ListingOptions<Item>,
): UserListing<Item> {
  const { sources, builder, limit = Infinity, resumed, log, counts } = options;
  const chains: ChainState[] = sources.map(
    (_, at) => resumed?.chains[at] ?? { state: 'not-started' },
  );
  let isStarted = false;

  async function* readChains(): AsyncGenerator<Page<Item>, void, undefined> {
    let left = limit - builder.receipt().users;
    for (const [at, source] of sources.entries()) {
      const state = chains[at];
      if (state?.state === 'finished') continue;
      const chain = followChain<Page<Item>>({
        source,
        pageSize: options.pageSize,
        from: state?.state === 'open' ? state.link : undefined,
        onExpiry: 'restart',
        log,
        accept(items) {
          const accepted = builder.accept(items.slice(0, left));
          left -= accepted.length;
          return accepted;
        },
      });
      if (left <= 0) return;
      for await (const page of chain) {
        const { link } = page;
        chains[at] = link === undefined ? { state: 'finished' } : { state: 'open', link };
        yield page;
        if (left <= 0) return;
      }
    }
  }

  async function* pages(): AsyncGenerator<Page<Item>, void, undefined> {
    // A second reader would receive nothing, or the rest, and take it for all users.
    if (isStarted)
      throw new TypeError(
        'This listing has been iterated already: call users.list() again for another one.',
      );
    isStarted = true;
    if (resumed === undefined) builder.recordCount('start', await counts.count('start'));
    else for await (const id of resumed.ids) builder.markSeen(id);
    yield* readChains();
    builder.recordCount('end', await counts.count('end'));
    builder.complete();
  }

  return {
    pages,
    receipt: () => builder.receipt(),
    chains: () => [...chains],
    async *[Symbol.asyncIterator]() {
      for await (const page of pages()) yield* page.items;
    },
  };
}
