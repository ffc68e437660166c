import { BadRequestError } from '../errors/bad-request-error.ts';
import { DirectoryError } from '../errors/directory-error.ts';
import { PageLinkExpiredError } from '../errors/page-link-expired-error.ts';
import { ProtocolError } from '../errors/protocol-error.ts';
import type { Log } from '../events.ts';
import { createLinkMemory } from './link-memory.ts';
import type { ReceivedPage } from './page.ts';
import { createPageSize } from './page-size.ts';
import { createReadAhead, type FetchOptions } from './read-ahead.ts';
import type { Identified } from './read-page.ts';

export interface PageFetchOptions extends FetchOptions {
  /** Whether another attempt should not be made, because another request is better. */
  readonly shouldStop?: ((error: unknown, attempt: number) => boolean) | undefined;
}

/** Where the pages of one chain come from. */
export interface PageSource<SourcePage> {
  /** The URL of the first page, with at most `pageSize` users. */
  firstUrl(pageSize: number): URL;
  /** Requests one page, retries included. */
  fetch(url: URL, options: PageFetchOptions): Promise<SourcePage>;
  /** Called before the chain restarts from its first page, so that its URL can be another one then. */
  onExpiry?(): void;
}

/** What a chain does when the service no longer accepts its link: go back to an earlier page, or fail. */
export type OnExpiry = 'restart' | 'fail';

export interface ChainOptions<SourcePage extends ReceivedPage<Identified>> {
  readonly source: PageSource<SourcePage>;
  /** Users per page; it is reduced when the service cannot return that many. Absent when the service decides. */
  readonly pageSize?: number | undefined;
  /** The link to begin with when the pages before it have been read already. */
  readonly from?: string | undefined;
  readonly onExpiry: OnExpiry;
  readonly log: Log;
  /**
   * Whether the page after the present one is requested before the consumer needs it. Never when absent.
   * @param expected the largest number of users on pages that are not complete yet
   */
  readonly readsAhead?: ((expected: number) => boolean) | undefined;
  /** Whether the chain ends with the page that was accepted, although it has a next link. Never when absent. */
  readonly isFinished?: (() => boolean) | undefined;
  /** Returns those of the items that have not been passed on yet, by this chain or by another. */
  accept(items: SourcePage['items']): SourcePage['items'] | Promise<SourcePage['items']>;
}

/** A chain whose links expire again and again, without new users in between, will not end. */
const mostRestarts = 5;

/** A chain with so many consecutive pages without a new user will not end (our own judgement). */
const mostBarrenPages = 1000;

/**
 * The request was accepted for the first page, so that the service rejects the link of a later one: it uses several
 * codes for that (`Directory_ExpiredPageToken`, `DirectoryPageTokenNotFoundException`, `Request_BadRequest`).
 */
function isExpired(error: unknown): error is BadRequestError {
  return error instanceof BadRequestError && (error.status === 400 || error.status === 410);
}

/**
 * Follows one chain: a sequence of next links from its first URL to its end. One page is in memory, and at most one
 * that was requested ahead. Empty pages are legal and followed; circles are not, nor are endless links without new
 * users. When a link has expired, the chain goes back to the last link that was received without a retry, then to its
 * first page; `accept` drops what was passed on before. When the service cannot return pages of this size, it starts
 * again with smaller ones. Other chains are not affected.
 * @throws {ProtocolError} for circles and endless links
 */
export async function* followChain<SourcePage extends ReceivedPage<Identified>>(
  options: ChainOptions<SourcePage>,
): AsyncGenerator<SourcePage, void, undefined> {
  const { source, log } = options;
  const size = createPageSize(options.pageSize ?? 0);
  let first = source.firstUrl(size.now).href;
  let link: string | undefined = options.from ?? first;
  let followed = createLinkMemory();
  let lastGood: string | undefined;
  let restarts = 0;
  let read = 0;
  let barren = 0;
  let mostBarren = mostBarrenPages;

  const pages = createReadAhead<SourcePage>({
    fetch: (from, request) =>
      source.fetch(new URL(from), {
        ...request,
        shouldStop: from === first ? size.shouldStop : undefined,
      }),
    shouldStart: (next, isArriving) =>
      options.readsAhead?.(isArriving ? size.now : 0) === true && !followed.has(next),
  });

  async function fetch(from: string): Promise<SourcePage> {
    const page = await pages.take(from);
    if (!page.retried) lastGood = from;
    return page;
  }

  /**
   * The page of a link. A circle that a second request does not confirm was a fault of one server of the service.
   */
  async function fetchChecked(from: string): Promise<SourcePage> {
    const page = await fetch(from);
    return page.link !== undefined && followed.has(page.link) ? fetch(from) : page;
  }

  /** Returns where to continue after an error. @throws the error when the chain cannot continue */
  function recover(error: unknown, at: string): string {
    if (options.onExpiry === 'restart' && at !== first && isExpired(error)) {
      if (restarts === mostRestarts) throw new PageLinkExpiredError(error, restarts);
      const back = restarts === 0 ? lastGood : undefined;
      restarts += 1;
      const restartsFrom = back === undefined || back === first ? 'first-page' : 'last-good-link';
      log('page-link-expired', { restartsFrom });
      if (back !== undefined && back !== first) return back;
      source.onExpiry?.();
      first = source.firstUrl(size.now).href;
      return first;
    }
    const from = size.now;
    if (!size.stepDown(error)) throw error;
    const code = error instanceof DirectoryError ? error.code : undefined;
    log('page-size-reduced', { from, to: size.now, code });
    first = source.firstUrl(size.now).href;
    lastGood = undefined;
    // The same users in smaller pages; half of 999 is 499, so a little more than twice as many.
    read = Math.ceil(read * 2.1);
    return first;
  }

  try {
    while (link !== undefined) {
      followed.add(link);
      let page: SourcePage;
      try {
        page = await fetchChecked(link);
      } catch (error) {
        link = recover(error, link);
        // The pages that are read again are not a circle, and no new users are expected on them.
        followed = createLinkMemory();
        barren = 0;
        mostBarren = mostBarrenPages + read;
        continue;
      }
      const { requestId } = page;
      if (page.link !== undefined && followed.has(page.link))
        throw new ProtocolError('a next link leads back to a page that was read before', {
          requestId,
        });
      read += 1;
      const items = await options.accept(page.items);
      if (items.length === 0) barren += 1;
      // After new users, an earlier expiry says nothing about the links that follow.
      else [barren, restarts] = [0, 0];
      if (barren > mostBarren)
        throw new ProtocolError(`${mostBarren} consecutive pages contain no new users`, {
          requestId,
        });
      link = options.isFinished?.() === true ? undefined : page.link;
      if (link !== undefined) pages.start(link);
      yield { ...page, link, items };
    }
  } finally {
    await pages.cancel();
  }
}
