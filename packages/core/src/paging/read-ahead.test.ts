import { setImmediate } from 'node:timers/promises';

import { array, assert, asyncProperty, constantFrom, integer, record } from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { HttpRequest } from '../ports.ts';
import { fakeId, type Turn } from '../testing/fake-graph.ts';
import { openFake } from '../testing/open-fake.ts';
import { createReadAhead } from './read-ahead.ts';

const seed = Number(process.env['SEED'] ?? 20261126);
const root = 'https://graph.example/v1.0/users';
const linkOf = (at: number): string => `${root}?$top=2&$skiptoken=${at}`;

interface PendingPage {
  readonly link: string;
  readonly signal: AbortSignal;
  readonly onNextLink: (link: string) => void;
  readonly page: PromiseWithResolvers<string>;
}

/** Requests that are answered by the test. */
function open(shouldStart: (link: string, isArriving: boolean) => boolean = () => true) {
  const sent: PendingPage[] = [];
  const pages = createReadAhead<string>({
    fetch(link, { signal, onNextLink }) {
      const page = Promise.withResolvers<string>();
      signal.addEventListener('abort', () => page.reject(signal.reason as Error));
      sent.push({ link, signal, onNextLink, page });
      return page.promise;
    },
    shouldStart,
  });
  return { sent, pages, links: () => sent.map(({ link }) => link) };
}

describe('the page after the present one', () => {
  it('is requested while the present one arrives, when its link arrives first', async () => {
    const { sent, pages, links } = open();
    const first = pages.take('a');
    sent[0]?.onNextLink('b');
    expect(links()).toEqual(['a', 'b']);
    sent[0]?.page.resolve('A');
    expect(await first).toBe('A');
    pages.start('b');
    expect(links()).toEqual(['a', 'b']);
    sent[1]?.page.resolve('B');
    expect(await pages.take('b')).toBe('B');
    expect(links()).toEqual(['a', 'b']);
  });

  it('is requested when the present one is complete, when its link arrives last', async () => {
    const { sent, pages, links } = open();
    sent[0]?.page.resolve('A');
    void pages.take('a');
    pages.start('b');
    expect(links()).toEqual(['a', 'b']);
  });

  it('is the only one that is requested ahead', () => {
    const { sent, pages, links } = open();
    void pages.take('a');
    sent[0]?.onNextLink('b');
    sent[1]?.onNextLink('c');
    expect(links()).toEqual(['a', 'b']);
    void pages.take('b');
    expect(links()).toEqual(['a', 'b', 'c']);
  });

  it('is requested again when the complete page has another link than its start', async () => {
    const { sent, pages, links } = open();
    void pages.take('a');
    sent[0]?.onNextLink('wrong');
    pages.start('b');
    expect(links()).toEqual(['a', 'wrong', 'b']);
    expect(sent[1]?.signal.aborted).toBe(true);
    sent[2]?.page.resolve('B');
    expect(await pages.take('b')).toBe('B');
  });

  it('has its error when it is taken, and no one when it is not', async () => {
    const { sent, pages } = open();
    void pages.take('a');
    sent[0]?.onNextLink('b');
    sent[1]?.page.reject(new Error('reset'));
    await expect(pages.take('b')).rejects.toThrow('reset');
    sent[0]?.onNextLink('c');
    pages.start('d');
    await pages.cancel();
    expect(sent.every(({ link, signal }) => signal.aborted || link === 'b')).toBe(true);
  });

  it('is not requested when it is not needed', () => {
    const { sent, pages, links } = open((_, isArriving) => !isArriving);
    void pages.take('a');
    sent[0]?.onNextLink('b');
    expect(links()).toEqual(['a']);
    pages.start('b');
    expect(links()).toEqual(['a', 'b']);
  });
});

/** A service of pages with two users each that lets the client see the start of a page first. */
function pagesWithStart(number: number, startOf: (at: number) => string | undefined) {
  const pending = new Set<HttpRequest>();
  let most = 0;
  const requested: number[] = [];
  return {
    requested,
    get most() {
      return most;
    },
    async intervene(request: HttpRequest): Promise<Turn> {
      const { url, onStart, signal } = request;
      if (url.pathname.endsWith('/$count')) return { body: number * 2 };
      const at = Number(url.searchParams.get('$skiptoken') ?? 0);
      requested.push(at);
      pending.add(request);
      most = Math.max(most, [...pending].filter((each) => each.signal?.aborted !== true).length);
      const next = startOf(at);
      if (next !== undefined)
        onStart?.(Buffer.from(`{"@odata.nextLink":${JSON.stringify(next)},"value":[{"id":"`));
      await setImmediate();
      pending.delete(request);
      signal?.throwIfAborted();
      const value = [{ id: fakeId(2 * at) }, { id: fakeId(2 * at + 1) }];
      return {
        body: { value, ...(at + 1 < number ? { '@odata.nextLink': linkOf(at + 1) } : {}) },
      };
    },
  };
}

it('a listing requests a page before the page before it is complete, and at most one ahead', async () => {
  const service = pagesWithStart(5, (at) => (at < 4 ? linkOf(at + 1) : undefined));
  const { directory } = await openFake({
    users: 0,
    intervene: (request) => service.intervene(request),
  });
  const listing = directory.users.list({ pageSize: 2 });
  const seen: number[] = [];
  for await (const page of listing.pages()) {
    seen.push(page.items.length);
    expect(service.requested.length).toBeLessThanOrEqual(seen.length + 1);
  }
  expect(service.most).toBe(2);
  expect(service.requested).toEqual([0, 1, 2, 3, 4]);
  expect(listing.receipt()).toMatchObject({ complete: true, users: 10, requests: 7 });
});

it.each([1, 2, 3, 4, 5, 9, 10])('a limit of %d users requests no page in vain', async (limit) => {
  const service = pagesWithStart(5, (at) => (at < 4 ? linkOf(at + 1) : undefined));
  const { directory } = await openFake({
    users: 0,
    intervene: (request) => service.intervene(request),
  });
  const listing = directory.users.list({ pageSize: 2, limit });
  expect(await Array.fromAsync(listing)).toHaveLength(limit);
  expect(service.requested).toHaveLength(Math.ceil(limit / 2));
  expect(listing.receipt().requests).toBe(Math.ceil(limit / 2));
});

it('a listing that ends early leaves no request pending', async () => {
  const service = pagesWithStart(5, (at) => linkOf(at + 1));
  let aborted = 0;
  const { directory } = await openFake({
    users: 0,
    intervene(request) {
      request.signal?.addEventListener('abort', () => {
        aborted += 1;
      });
      return service.intervene(request);
    },
  });
  for await (const page of directory.users.list({ pageSize: 2 }).pages()) {
    expect(page.items).toHaveLength(2);
    break;
  }
  expect(service.requested).toEqual([0, 1]);
  expect(aborted).toBe(1);
});

it('a foreign link at the start of a page receives no request', async () => {
  const hosts = new Set<string>();
  const service = pagesWithStart(3, () => 'https://hostile.example/v1.0/users?$skiptoken=1');
  const { directory } = await openFake({
    users: 0,
    intervene(request) {
      hosts.add(request.url.host);
      return service.intervene(request);
    },
  });
  expect(await Array.fromAsync(directory.users.list({ pageSize: 2 }))).toHaveLength(6);
  expect([...hosts]).toEqual(['graph.example']);
});

it(
  'a listing has each user once, in any order of arrival and with any failure',
  { timeout: 30_000 },
  async () => {
    const plans = record({
      pages: integer({ min: 1, max: 8 }),
      starts: array(constantFrom('right', 'right', 'wrong', 'circle', 'foreign', 'none'), {
        minLength: 8,
        maxLength: 8,
      }),
      failures: array(constantFrom('none', 'none', 'none', 'expired', 'reset', 'cut'), {
        minLength: 8,
        maxLength: 8,
      }),
    });
    await assert(
      asyncProperty(plans, async ({ pages, starts, failures }) => {
        const starting = (at: number): string | undefined =>
          ({
            right: at + 1 < pages ? linkOf(at + 1) : undefined,
            wrong: linkOf((at * 3 + 1) % pages),
            circle: linkOf(at),
            foreign: 'https://hostile.example/v1.0/users',
            none: undefined,
          })[starts[at] ?? 'none'];
        const service = pagesWithStart(pages, starting);
        const failed = new Set<number>();
        const { directory } = await openFake({
          users: 0,
          async intervene(request) {
            const at = Number(request.url.searchParams.get('$skiptoken') ?? 0);
            const turn = await service.intervene(request);
            const failure = failures[at] ?? 'none';
            if (failure === 'none' || failed.has(at) || request.url.pathname.endsWith('/$count'))
              return turn;
            failed.add(at);
            if (failure === 'reset') return { status: 503 };
            if (failure === 'cut') return { body: Buffer.from('{"value":[{"id":"x"') };
            return at === 0
              ? turn
              : { status: 400, body: { error: { code: 'Directory_ExpiredPageToken' } } };
          },
        });
        const listing = directory.users.list({ pageSize: 2 });
        const ids = await Array.fromAsync(listing, ({ id }) => id);
        expect(ids).toEqual(Array.from({ length: pages * 2 }, (_, at) => fakeId(at)));
        expect(listing.receipt()).toMatchObject({ complete: true, reconciled: true });
        expect(service.most).toBeLessThanOrEqual(2);
      }),
      { seed, numRuns: 150 },
    );
  },
);
