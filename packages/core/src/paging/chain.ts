import { ProtocolError } from '../errors/protocol-error.ts';
import { createLinkMemory } from './link-memory.ts';
import type { Page } from './page.ts';
import type { Identified } from './read-page.ts';

export interface ChainOptions<Item extends Identified> {
  readonly first: URL;
  /** Where to go on, when the pages before have been read already. */
  readonly from?: URL | undefined;
  /** Retries so far: a page that needed one may bear a link that is not valid later (Graph's docs, "Paging"). */
  retries(): number;
  /** Another first page to begin again with, of half as many users, where that can cure `error`. */
  firstInstead?(error: unknown): URL | undefined;
  /** Whether the service says that it no longer knows the link. */
  isExpired(error: unknown): boolean;
  /** Called when the listing goes back. */
  restarted(to: 'last-good-link' | 'first-page'): void;
  /** Asks for one page, retries included. */
  fetch(link: URL): Promise<Page<Item>>;
  /** Those of the items that have not been given out. */
  take(items: readonly Item[]): Item[];
}

/** A listing whose links expire again and again, with nobody new in between, is not going to end. */
const mostRestarts = 5;

/** So many pages in a row without anything new are no listing any more (our own judgement). */
const mostBarrenPages = 1000;

/**
 * Follows the links from the first page to the last, one page in memory at a time. Empty pages are legal and
 * followed; circles are not, nor are links without end that bring nobody new. When a link has expired, the listing
 * goes back to the last one that was given without a retry, then to the first page; `take` drops what was given out. It does
 * so too when there is another first page to begin with.
 * @throws {ProtocolError} for circles and endless links
 */
export async function* followChain<Item extends Identified>(
  options: ChainOptions<Item>,
): AsyncGenerator<Page<Item>, void, undefined> {
  let followed = createLinkMemory();
  let { first } = options;
  let link: URL | undefined = options.from ?? first;
  let lastGood: URL | undefined;
  let restarts = 0;
  let read = 0;
  let barren = 0;
  let mostBarren = mostBarrenPages;

  async function fetch(from: URL): Promise<Page<Item>> {
    const before = options.retries();
    const page = await options.fetch(from);
    if (options.retries() === before) lastGood = from;
    return page;
  }

  while (link !== undefined) {
    followed.add(link);
    let page: Page<Item>;
    try {
      page = await fetch(link);
      // Once more: a circle that a second look does not show was a bad day of one front end.
      if (page.link !== undefined && followed.has(page.link)) page = await fetch(link);
    } catch (error) {
      if (link !== first && restarts < mostRestarts && options.isExpired(error)) {
        link = restarts === 0 && lastGood !== undefined ? lastGood : first;
        options.restarted(link === first ? 'first-page' : 'last-good-link');
        restarts += 1;
      } else {
        const instead = options.firstInstead?.(error);
        if (instead === undefined) throw error;
        link = first = instead;
        lastGood = undefined;
        // The same ground in smaller steps; half of 999 is 499, so a little more than twice as many.
        read = Math.ceil(read * 2.1);
      }
      // Old ground is walked again: its links are no circle, and nobody new is to be expected on it.
      followed = createLinkMemory();
      barren = 0;
      mostBarren = mostBarrenPages + read;
      continue;
    }
    if (page.link !== undefined && followed.has(page.link))
      throw new ProtocolError('a next link leads back to a page that was read before', {
        requestId: page.requestId,
      });
    read += 1;
    const items = options.take(page.items);
    if (items.length === 0) barren += 1;
    // New ground: what expired on the way here says nothing about the way ahead.
    else [barren, restarts] = [0, 0];
    if (barren > mostBarren)
      throw new ProtocolError(`${mostBarren} pages in a row brought nobody new`, {
        requestId: page.requestId,
      });
    yield { ...page, items };
    link = page.link;
  }
}
