import type { UserListing } from '../listing/listing.ts';
import type { ReceiptBuilder } from '../listing/receipt-builder.ts';
import type { Page } from '../paging/page.ts';
import type { Identified } from '../paging/read-page.ts';

/**
 * Returns a listing that passes on only the users for which `isSelected` is true. All users are read, counted and
 * verified; the receipt also has the number of selected ones.
 */
export function selectLocally<Item extends Identified>(
  listing: UserListing<Item>,
  builder: ReceiptBuilder,
  isSelected: (user: Item) => boolean,
): UserListing<Item> {
  async function* pages(): AsyncGenerator<Page<Item>, void, undefined> {
    for await (const page of listing.pages()) {
      const items = page.items.filter(isSelected);
      builder.recordSelected(items.length);
      const readIds = page.items.map(({ id }) => id);
      yield { ...page, items, json: undefined, readIds };
    }
  }
  return {
    pages,
    receipt: () => listing.receipt(),
    chains: () => listing.chains(),
    async *[Symbol.asyncIterator]() {
      for await (const page of pages()) yield* page.items;
    },
  };
}
