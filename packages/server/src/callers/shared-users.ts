import type { Page } from '@rollcall/core';

import type { ReadableUsers } from './fields/restrict-users.ts';
import type { Limits } from '../limits.ts';

/** How one request uses responses of others. */
export interface SharingOptions {
  /** The oldest response that the caller accepts, in milliseconds; 0 when it wants its own. */
  readonly maxAge: number;
  /** Called with the age of a response that was received for another request, in milliseconds. */
  readonly onAge: (age: number) => void;
}

/** Users whose equal reads are sent once. */
export interface SharedUsers {
  /** Returns the users as one request reads them. */
  viewFor(options: SharingOptions): ReadableUsers;
}

interface Entry {
  readonly result: Promise<unknown>;
  readonly cancel: AbortController;
  waiting: number;
  /** By the monotonic clock; undefined while the response has not arrived. */
  receivedAt: number | undefined;
  users: number;
}

interface ReadOptions {
  readonly signal?: AbortSignal | undefined;
}

function usersIn(result: unknown): number {
  if (typeof result !== 'object' || result === null || !('items' in result)) return 1;
  const { json } = result as Page<unknown>;
  return json?.length ?? (result as Page<unknown>).items.length;
}

/** Waits for a shared result until the caller leaves. The last one that leaves ends the request. */
async function waitFor(entry: Entry, signal: AbortSignal | undefined): Promise<unknown> {
  entry.waiting += 1;
  const { promise, reject } = Promise.withResolvers<never>();
  const leave = (): void => reject(signal?.reason as Error);
  signal?.addEventListener('abort', leave, { once: true });
  try {
    signal?.throwIfAborted();
    return await Promise.race([entry.result, promise]);
  } finally {
    signal?.removeEventListener('abort', leave);
    entry.waiting -= 1;
    if (entry.waiting === 0 && entry.receivedAt === undefined) entry.cancel.abort(signal?.reason);
  }
}

/**
 * Sends equal reads of pages, single users and counts once: requests that arrive together share one response, and
 * later ones get it for a short time. Streams and delta rounds are not shared. Failures are not kept.
 */
export function createSharedUsers(
  users: ReadableUsers,
  { cacheAge, cachedUsers }: Pick<Limits, 'cacheAge' | 'cachedUsers'>,
  monotonic: () => number,
): SharedUsers {
  /** In the order of their requests, the oldest first. */
  const entries = new Map<string, Entry>();
  let stored = 0;

  function drop(key: string, entry: Entry): void {
    if (entries.get(key) !== entry) return;
    entries.delete(key);
    stored -= entry.users;
  }

  /** Removes responses that are too old, and the oldest ones when there are too many users. */
  function trim(): void {
    for (const [key, entry] of entries) {
      if (entry.receivedAt === undefined) continue;
      if (stored <= cachedUsers && monotonic() - entry.receivedAt < cacheAge) break;
      drop(key, entry);
    }
  }

  function start(key: string, send: (signal: AbortSignal) => Promise<unknown>): Entry {
    const cancel = new AbortController();
    const entry: Entry = {
      result: send(cancel.signal),
      cancel,
      waiting: 0,
      receivedAt: undefined,
      users: 0,
    };
    entries.set(key, entry);
    void (async () => {
      try {
        entry.users = usersIn(await entry.result);
        entry.receivedAt = monotonic();
        if (entries.get(key) === entry) stored += entry.users;
        trim();
      } catch {
        // Every waiting caller gets the error.
        drop(key, entry);
      }
    })();
    return entry;
  }

  function isFresh({ receivedAt, cancel }: Entry, maxAge: number): boolean {
    if (cancel.signal.aborted) return false;
    return receivedAt === undefined || monotonic() - receivedAt < Math.min(cacheAge, maxAge);
  }

  return {
    viewFor({ maxAge, onAge }) {
      async function read<Result>(
        key: unknown,
        { signal }: ReadOptions,
        send: (signal: AbortSignal) => Promise<Result>,
      ): Promise<Result> {
        const text = JSON.stringify(key);
        const found = maxAge === 0 ? undefined : entries.get(text);
        const shared = found !== undefined && isFresh(found, maxAge);
        if (found !== undefined && !shared) drop(text, found);
        const entry = shared ? found : start(text, send);
        const result = await waitFor(entry, signal);
        if (shared && entry.receivedAt !== undefined) onAge(monotonic() - entry.receivedAt);
        return result as Result;
      }
      const view: ReadableUsers = {
        ...users,
        page: async (query, options = {}) =>
          read(['page', query, options.link], options, async (signal) =>
            users.page(query, { ...options, signal }),
          ),
        get: async (id, options = {}) =>
          read(['get', id, options.select], options, async (signal) =>
            users.get(id, { ...options, signal }),
          ),
        count: async (query, options = {}) =>
          read(['count', query], options, async (signal) =>
            users.count(query, { ...options, signal }),
          ),
      };
      return cacheAge === 0 ? users : view;
    },
  };
}

/**
 * Returns the oldest response that a request accepts by its `Cache-Control` (RFC 9111, section 5.2.1), in milliseconds.
 */
export function maxAgeOf(cacheControl: string | undefined): number {
  const directives = (cacheControl ?? '').toLowerCase().split(',');
  let maxAge = Infinity;
  for (const directive of directives) {
    const [name = '', value = ''] = directive.trim().split('=');
    if (name === 'no-cache' || name === 'no-store') return 0;
    if (name === 'max-age' && /^"?\d{1,9}"?$/u.test(value))
      maxAge = Math.min(maxAge, Number(value.replaceAll('"', '')) * 1_000);
  }
  return maxAge;
}
