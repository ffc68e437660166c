import type { User } from '@microsoft/microsoft-graph-types';

import { BadRequestError } from '../errors/bad-request-error.ts';
import { DirectoryError } from '../errors/directory-error.ts';
import type { Log } from '../events.ts';
import type { Page } from '../paging/page.ts';
import { createPageSize } from './page-size.ts';
import { followChain } from '../paging/chain.ts';
import type { Identified } from '../paging/read-page.ts';
import type { Receipt } from './receipt.ts';
import type { ReceiptBuilder } from './receipt-builder.ts';

/**
 * A listing under way: iterate it once, by user or by page. One page is in memory at a time. A second iteration throws a
 * TypeError, as a stream does that is locked.
 */
export interface UserListing<Item = User> extends AsyncIterable<Item> {
  pages(): AsyncIterable<Page<Item>>;
  /** What has come so far; `complete` only after the last page passed its checks. */
  receipt(): Receipt;
}

/** Where an interrupted listing goes on. Everything in it is checked again: it may come from a file. */
export interface ListingResume {
  /** Link of the page after the last one that was kept; null when that was the last of all. */
  readonly link: string | null;
  /** As it stood after that page. */
  readonly receipt: Receipt;
  /** Ids of all users that were kept. */
  readonly ids: AsyncIterable<string> | Iterable<string>;
}

/** Where an earlier run stopped, checked. */
export interface ResumedListing {
  /** Absent when the last page had been read. */
  readonly link?: URL | undefined;
  /** Of all users given out. */
  readonly ids: AsyncIterable<string> | Iterable<string>;
}

export interface ListingOptions<Item extends Identified> {
  /** The first page, with so many users. */
  first(pageSize: number): URL;
  readonly pageSize: number;
  /** What an earlier run had read. */
  readonly resumed?: ResumedListing | undefined;
  readonly log: Log;
  readonly builder: ReceiptBuilder;
  /** Users in all; no end when absent. */
  readonly limit?: number | undefined;
  fetch(link: URL, shouldStop?: (error: unknown, attempt: number) => boolean): Promise<Page<Item>>;
  /** The tenant's own count; null where it cannot be asked. */
  count(when: 'start' | 'end'): Promise<number | null>;
}

/**
 * The query was good on the first page, so what the service has against a later one is the link: it names several
 * codes for that (`Directory_ExpiredPageToken`, `DirectoryPageTokenNotFoundException`, `Request_BadRequest`).
 */
function isExpired(error: unknown): boolean {
  return error instanceof BadRequestError && (error.status === 400 || error.status === 410);
}

async function* readListing<Item extends Identified>(
  options: ListingOptions<Item>,
): AsyncGenerator<Page<Item>, void, undefined> {
  const { builder, limit = Infinity, resumed, log } = options;
  if (resumed === undefined) builder.recordCount('start', await options.count('start'));
  else for await (const id of resumed.ids) builder.markSeen(id);
  let left = limit - builder.receipt().users;
  const size = createPageSize(options.pageSize);
  let first = options.first(size.now);
  const pages = followChain({
    first,
    from: resumed?.link,
    retries: () => builder.metrics.retries,
    isExpired,
    restarted: (to) => log('page-link-expired', { restartsFrom: to }),
    firstInstead(error) {
      const from = size.now;
      if (!size.stepDown(error)) return undefined;
      log('page-size-reduced', {
        from,
        to: size.now,
        code: error instanceof DirectoryError ? error.code : undefined,
      });
      first = options.first(size.now);
      return first;
    },
    fetch: (link) => options.fetch(link, link === first ? size.shouldStop : undefined),
    take: (items) => {
      const taken = builder.accept(items.slice(0, left));
      left -= taken.length;
      return taken;
    },
  });
  // A run that was stopped between its last page and its end has nothing left to read.
  if (left > 0 && (resumed === undefined || resumed.link !== undefined))
    for await (const page of pages) {
      yield page;
      if (left <= 0) break;
    }
  builder.recordCount('end', await options.count('end'));
  builder.complete();
}

/** One listing, to be iterated once. */
export function createListing<Item extends Identified>(
  options: ListingOptions<Item>,
): UserListing<Item> {
  let begun = false;
  async function* pages(): AsyncGenerator<Page<Item>, void, undefined> {
    // A second reader would get nothing, or the rest, and take it for everybody.
    if (begun)
      throw new TypeError(
        'This listing is being read already, or was: call users.list() again for another.',
      );
    begun = true;
    yield* readListing(options);
  }
  return {
    pages,
    receipt: () => options.builder.receipt(),
    async *[Symbol.asyncIterator]() {
      for await (const page of pages()) yield* page.items;
    },
  };
}
