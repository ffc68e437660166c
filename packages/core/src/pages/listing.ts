import type { User } from '@microsoft/microsoft-graph-types';

import type { UserListing } from '../directory.ts';
import type { Page } from './page.ts';
import { readPages } from './pages.ts';
import type { Identified } from './read-page.ts';
import type { ReceiptKeeper } from './receipt-keeper.ts';

export interface ListingOptions {
  readonly first: URL;
  readonly keeper: ReceiptKeeper;
  /** Users in all; no end when absent. */
  readonly limit?: number | undefined;
  fetch(link: URL): Promise<Page<Identified>>;
  /** The tenant's own count; null where it cannot be asked. */
  count(when: 'start' | 'end'): Promise<number | null>;
}

async function* readListing(options: ListingOptions): AsyncGenerator<Page<User>, void, undefined> {
  const { keeper, limit = Infinity } = options;
  keeper.counted('start', await options.count('start'));
  let left = limit;
  const pages = readPages({
    first: options.first,
    fetch: (link) => options.fetch(link),
    take: (items) => {
      const taken = keeper.take(items.slice(0, left));
      left -= taken.length;
      return taken;
    },
  });
  for await (const page of pages) {
    yield page;
    if (left <= 0) break;
  }
  keeper.counted('end', await options.count('end'));
  keeper.complete();
}

/** One listing, to be iterated once. */
export function createListing(options: ListingOptions): UserListing {
  const pages = readListing(options);
  return {
    pages: () => pages,
    receipt: () => options.keeper.receipt(),
    async *[Symbol.asyncIterator]() {
      for await (const page of pages) yield* page.items;
    },
  };
}
