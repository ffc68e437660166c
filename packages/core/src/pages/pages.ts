import { ProtocolError } from '../errors/protocol-error.ts';
import { createLinkMemory } from './link-memory.ts';
import type { Page } from './page.ts';
import type { Identified } from './read-page.ts';

export interface PagesOptions<Item extends Identified> {
  readonly first: URL;
  /** Asks for one page, retries included. */
  fetch(link: URL): Promise<Page<Item>>;
  /** Those of the items that have not been given out. */
  take(items: readonly Item[]): Item[];
}

/** So many pages in a row without anything new are no listing any more (our own judgement). */
const mostBarrenPages = 1000;

/**
 * Follows the links from the first page to the last, one page in memory at a time. Empty pages are legal and
 * followed; circles are not, nor are links without end that bring nobody new.
 * @throws {ProtocolError} for those two
 */
export async function* readPages<Item extends Identified>(
  options: PagesOptions<Item>,
): AsyncGenerator<Page<Item>, void, undefined> {
  const followed = createLinkMemory();
  let link: URL | undefined = options.first;
  let barren = 0;
  while (link !== undefined) {
    followed.add(link);
    let page = await options.fetch(link);
    // Once more: a circle that a second look does not show was a bad day of one front end.
    if (page.link !== undefined && followed.has(page.link)) page = await options.fetch(link);
    if (page.link !== undefined && followed.has(page.link))
      throw new ProtocolError('a next link leads back to a page that was read before', {
        requestId: page.requestId,
      });
    const items = options.take(page.items);
    barren = items.length === 0 ? barren + 1 : 0;
    if (barren > mostBarrenPages)
      throw new ProtocolError(`${mostBarrenPages} pages in a row brought nobody new`, {
        requestId: page.requestId,
      });
    yield { ...page, items };
    link = page.link;
  }
}
