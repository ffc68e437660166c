/** What the source of a chain gets in addition to the URL of a page. */
export interface FetchOptions {
  /** Aborts the request. */
  readonly signal: AbortSignal;
  /** Receives the next link as soon as it has arrived, which can be before the page is complete. */
  readonly onNextLink: (link: string) => void;
}

export interface ReadAheadOptions<ChainPage> {
  fetch(link: string, options: FetchOptions): Promise<ChainPage>;
  /**
   * Whether the page of a link should be requested before the chain needs it.
   * @param isArriving whether the page before it is not complete yet
   */
  shouldStart(link: string, isArriving: boolean): boolean;
}

/** Requests the next page of a chain before the chain needs it: at most one page ahead. */
export interface ReadAhead<ChainPage> {
  /** Returns the page of a link: the one that was requested ahead, or a new one. */
  take(link: string): Promise<ChainPage>;
  /** Requests the page of the link of a complete page ahead, instead of another one that was requested before. */
  start(link: string): void;
  /** Aborts the requests that are pending, and waits until they have ended. */
  cancel(): Promise<void>;
}

interface PageRequest<ChainPage> {
  readonly link: string;
  readonly controller: AbortController;
  readonly page: Promise<ChainPage>;
  nextLink: string | undefined;
}

export function createReadAhead<ChainPage>(
  options: ReadAheadOptions<ChainPage>,
): ReadAhead<ChainPage> {
  /** The page that the chain waits for. */
  let current: PageRequest<ChainPage> | undefined;
  let ahead: PageRequest<ChainPage> | undefined;
  const pending = new Set<PageRequest<ChainPage>>();

  function request(link: string): PageRequest<ChainPage> {
    const controller = new AbortController();
    const sent: PageRequest<ChainPage> = {
      link,
      controller,
      nextLink: undefined,
      page: options.fetch(link, {
        signal: controller.signal,
        onNextLink(next) {
          // The service can send another link when the request is repeated: the link of the complete page counts.
          sent.nextLink ??= next;
          if (current === sent) startEarly(next);
        },
      }),
    };
    pending.add(sent);
    const settled = (): void => void pending.delete(sent);
    // An error is reported when the chain takes the page, or not at all.
    sent.page.then(settled, settled);
    return sent;
  }

  function startEarly(link: string): void {
    if (ahead === undefined && options.shouldStart(link, true)) ahead = request(link);
  }

  function drop(): void {
    ahead?.controller.abort();
    ahead = undefined;
  }

  return {
    take(link) {
      if (ahead?.link !== link) drop();
      current = ahead ?? request(link);
      ahead = undefined;
      if (current.nextLink !== undefined) startEarly(current.nextLink);
      return current.page;
    },
    start(link) {
      if (ahead?.link === link) return;
      drop();
      if (options.shouldStart(link, false)) ahead = request(link);
    },
    async cancel() {
      for (const { controller } of pending) controller.abort();
      await Promise.allSettled([...pending].map(({ page }) => page));
    },
  };
}
