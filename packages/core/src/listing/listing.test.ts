import { expect, it } from 'vitest';

import { BadRequestError } from '../errors/bad-request-error.ts';
import type { PageSource } from '../paging/chain.ts';
import type { Page } from '../paging/page.ts';
import type { Identified } from '../paging/read-page.ts';
import { createEventLog } from '../testing/event-log.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import type { ChainState } from './chain-state.ts';
import { createListing, type UserListing } from './listing.ts';
import { createReceiptBuilder } from './receipt-builder.ts';

const user = (at: number): Identified => ({ id: `user-${at}` });
const url = (chain: string, page: number): URL =>
  new URL(`https://graph.example/v1.0/users?chain=${chain}&page=${page}`);

interface FakeChain extends PageSource<Page<Identified>> {
  /** The pages that were requested, by number. */
  readonly requested: number[];
}

/** A chain with the given users per page. `failAt` expires the link of that page once. */
function createChain(
  name: string,
  pages: readonly (readonly number[])[],
  { failAt, retried = [] }: { readonly failAt?: number; readonly retried?: readonly number[] } = {},
): FakeChain {
  const requested: number[] = [];
  let isExpired = failAt !== undefined;
  return {
    requested,
    firstUrl: () => url(name, 0),
    async fetch({ searchParams }) {
      const at = Number(searchParams.get('page'));
      requested.push(at);
      if (at === failAt && isExpired) {
        isExpired = false;
        throw new BadRequestError({ status: 400, graphCode: 'Directory_ExpiredPageToken' });
      }
      return {
        items: (pages[at] ?? []).map(user),
        link: at + 1 < pages.length ? url(name, at + 1).href : undefined,
        retried: retried.includes(at),
      };
    },
  };
}

function open(
  sources: readonly FakeChain[],
  options: { readonly limit?: number; readonly chains?: readonly ChainState[] } = {},
) {
  const { log, logged } = createEventLog();
  const listing = createListing({
    sources,
    pageSize: 999,
    counts: { count: async () => null },
    builder: createReceiptBuilder({
      listed: { tenant: 'contoso.example', cloud: 'global' },
      query: {},
      chains: sources.length,
      clock: createFakeClock(),
    }),
    log,
    limit: options.limit,
    resumed: options.chains === undefined ? undefined : { chains: options.chains, ids: [] },
  });
  return { listing, logged };
}

async function idsOf(listing: UserListing<Identified>): Promise<string[]> {
  return (await Array.fromAsync(listing)).map(({ id }) => id);
}

it('reads two and three chains that overlap, and passes each user on once', async () => {
  for (const extra of [[], [createChain('c', [[7], [1, 7]])]]) {
    const sources = [
      createChain('a', [[1, 2], [3]]),
      createChain('b', [[3, 4], [], [5, 6]]),
      ...extra,
    ];
    const { listing } = open(sources);
    const ids = await idsOf(listing);
    const expected = [1, 2, 3, 4, 5, 6, ...(extra.length > 0 ? [7] : [])];
    expect(ids).toEqual(expected.map((at) => user(at).id));
    expect(listing.receipt()).toMatchObject({
      complete: true,
      users: expected.length,
      chains: sources.length,
      duplicates: extra.length > 0 ? 3 : 1,
    });
    expect(listing.chains()).toEqual(sources.map(() => ({ state: 'finished' })));
  }
});

it('restarts only the chain whose link expired', async () => {
  const first = createChain('a', [[1], [2], [3]]);
  const second = createChain('b', [[4], [5], [6]], { failAt: 2, retried: [1] });
  const { listing, logged } = open([first, second]);
  expect(await idsOf(listing)).toHaveLength(6);
  expect(first.requested).toEqual([0, 1, 2]);
  // Page 1 needed a retry, so that page 0 is the last one whose link can be relied on.
  expect(second.requested).toEqual([0, 1, 2, 0, 1, 2]);
  expect(logged.map(({ event, fields }) => [event, fields])).toEqual([
    ['page-link-expired', { restartsFrom: 'first-page' }],
  ]);
});

it('applies the limit to all chains together', async () => {
  const last = createChain('c', [[9]]);
  const { listing } = open([createChain('a', [[1, 2]]), createChain('b', [[3, 4, 5]]), last], {
    limit: 4,
  });
  expect(await idsOf(listing)).toHaveLength(4);
  expect(last.requested).toEqual([]);
  expect(listing.receipt()).toMatchObject({ complete: true, users: 4 });
});

it('is not complete when one of its chains fails', async () => {
  const broken: FakeChain = {
    requested: [],
    firstUrl: () => url('b', 0),
    fetch: () => Promise.reject(new Error('reset')),
  };
  const { listing } = open([createChain('a', [[1]]), broken, createChain('c', [[2]])]);
  await expect(idsOf(listing)).rejects.toThrow('reset');
  expect(listing.receipt()).toMatchObject({ complete: false, users: 1 });
  expect(listing.chains()).toEqual([
    { state: 'finished' },
    { state: 'not-started' },
    { state: 'not-started' },
  ]);
});

it('resumes each chain from its own state', async () => {
  const chains = ['a', 'b', 'c'].map((name) => createChain(name, [[1], [2], [3]]));
  const states: readonly ChainState[] = [
    { state: 'finished' },
    { state: 'open', link: url('b', 2).href },
    { state: 'not-started' },
  ];
  const { listing } = open(chains, { chains: states });
  await idsOf(listing);
  expect(chains.map(({ requested }) => requested)).toEqual([[], [2], [0, 1, 2]]);
});

it('is in the state after each page, in JSON', async () => {
  const { listing } = open([createChain('a', [[1], [2]]), createChain('b', [[3]])]);
  const states: unknown[] = [];
  for await (const page of listing.pages())
    states.push([page.items.length, JSON.parse(JSON.stringify(listing.chains()))]);
  expect(states).toEqual([
    [1, [{ state: 'open', link: url('a', 1).href }, { state: 'not-started' }]],
    [1, [{ state: 'finished' }, { state: 'not-started' }]],
    [1, [{ state: 'finished' }, { state: 'finished' }]],
  ]);
});
