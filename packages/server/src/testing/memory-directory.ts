import {
  type ChangesPage,
  DeltaResetError,
  NoSuchUserError,
  QueryError,
  type CallOptions,
  type Directory,
  type Page,
  type Receipt,
  type RoundEnd,
  type UserChange,
  type UserListing,
  type UserQuery,
} from '@rollcall/core';

export interface MemoryDirectory extends Directory {
  /** Each call: its name, and the query or id. */
  readonly asked: {
    readonly name: string;
    readonly what: unknown;
    readonly link?: string | undefined;
    readonly from?: unknown;
  }[];
  /** Signals that were aborted while their call waited. */
  readonly aborted: unknown[];
  readonly disposed: boolean;
  /** The number of pages that were read. */
  readonly pages: number;
}

export interface MemoryOptions {
  readonly users: number;
  readonly pageSize?: number | undefined;
  /** Listings end quietly, without the proof that they are whole. */
  readonly unproved?: boolean | undefined;
  /** Whether `$count` confirms the number of users; true when absent. */
  readonly reconciled?: boolean | null | undefined;
  /** The token of delta links; `expired` is not accepted again. */
  readonly deltaEnd?: string | undefined;
  /** Runs before each page is given: throw, wait, count. */
  readonly before?:
    | ((page: number, signal: AbortSignal | undefined) => Promise<void> | void)
    | undefined;
}

const origin = 'https://graph.example/v1.0/users';
const readAt = '2026-11-22T12:00:00.000Z';

export function person(index: number): {
  id: string;
  displayName: string;
  userPrincipalName: string;
} {
  return {
    id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    displayName: `Person ${index}`,
    userPrincipalName: `person${index}@contoso.example`,
  };
}

/** A directory of so many people in memory: the port, and nothing of core's work behind it. */
export function createMemoryDirectory(options: MemoryOptions): MemoryDirectory {
  const asked: MemoryDirectory['asked'] = [];
  const aborted: unknown[] = [];
  let disposed = false;
  let pagesRead = 0;

  async function pageAt<Item>(
    start: number,
    query: UserQuery,
    call: CallOptions,
  ): Promise<Page<Item>> {
    const size = query.pageSize ?? options.pageSize ?? 999;
    pagesRead += 1;
    const listener = (): void => void aborted.push(call.signal?.reason);
    call.signal?.addEventListener('abort', listener);
    try {
      await options.before?.(start / size, call.signal);
    } finally {
      call.signal?.removeEventListener('abort', listener);
    }
    call.signal?.throwIfAborted();
    const end = Math.min(start + size, options.users);
    return {
      items: Array.from({ length: end - start }, (_, index) => person(start + index) as Item),
      link: end < options.users ? `${origin}?$top=${size}&$skiptoken=${end}` : undefined,
      count: query.count === true && start === 0 ? options.users : undefined,
      retried: false,
    };
  }

  function list<Item>(query: UserQuery = {}, call: CallOptions = {}): UserListing<Item> {
    let count = 0;
    let complete = false;
    async function* pages(): AsyncGenerator<Page<Item>> {
      let start = 0;
      while (!complete) {
        const page = await pageAt<Item>(start, query, call);
        start += page.items.length;
        count += page.items.length;
        complete = page.link === undefined;
        yield page;
      }
    }
    return {
      pages,
      chains: () => [],
      receipt: () =>
        ({
          complete: complete && options.unproved !== true,
          reconciled: options.reconciled === undefined ? true : options.reconciled,
          users: count,
          query,
        }) as Receipt,
      async *[Symbol.asyncIterator]() {
        for await (const page of pages()) yield* page.items;
      },
    };
  }

  return {
    asked,
    aborted,
    get disposed() {
      return disposed;
    },
    get pages() {
      return pagesRead;
    },
    users: {
      list(query, call) {
        if (query?.filter === 'invalid')
          throw new QueryError([{ part: 'filter', message: 'invalid', hint: 'Correct it.' }]);
        asked.push({ name: 'list', what: query });
        return list(query, call);
      },
      async page(query = {}, { link, signal } = {}) {
        asked.push({ name: 'page', what: query, link });
        return pageAt(Number(URL.parse(link ?? '')?.searchParams.get('$skiptoken') ?? 0), query, {
          signal,
        });
      },
      async get<Item>(id: string, call: CallOptions = {}): Promise<Item> {
        asked.push({ name: 'get', what: id });
        await options.before?.(0, call.signal);
        const found = Array.from({ length: options.users }, (_, index) => person(index)).find(
          (one) => one.id === id || one.userPrincipalName === id,
        );
        if (found === undefined) throw new NoSuchUserError(id);
        return found as Item;
      },
      getMany() {
        throw new Error('the server asks for one user at a time');
      },
      async *changes(from?: RoundEnd | string, call: CallOptions & { select?: unknown } = {}) {
        asked.push({ name: 'changes', what: { select: call.select }, from });
        const isEnd = typeof from === 'object';
        if (isEnd && from.deltaLink.endsWith('expired')) throw new DeltaResetError();
        const isLatest = isEnd || from === 'latest';
        let start = isLatest
          ? options.users
          : Number(URL.parse(from ?? '')?.searchParams.get('$skiptoken') ?? 0);
        for (;;) {
          const { link: _link, ...page } = await pageAt<object>(start, { pageSize: 200 }, call);
          start += page.items.length;
          const isLast = start >= options.users;
          const link = isLast ? undefined : `${origin}/delta?$skiptoken=${start}`;
          const end = {
            deltaLink: `${origin}/delta?$deltatoken=${options.deltaEnd ?? start}`,
            readAt,
          };
          yield { ...page, link, isFirstRound: true, ...(isLast ? { end } : {}) } as ChangesPage<
            UserChange<never>
          >;
          if (isLast) return;
        }
      },
      async count(query) {
        asked.push({ name: 'count', what: query });
        return options.users;
      },
    },
    credential: {
      async getToken() {
        throw new Error('the server asks for no token itself');
      },
    },
    async [Symbol.asyncDispose]() {
      disposed = true;
    },
  };
}
