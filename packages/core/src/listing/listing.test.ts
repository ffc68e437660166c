import { expect, it } from 'vitest';

import { BadRequestError } from '../errors/bad-request-error.ts';
import type { PageSource } from '../paging/chain.ts';
import type { ReceivedPage } from '../paging/page.ts';
import type { Identified } from '../paging/read-page.ts';
import { itemListOf } from '../paging/testing/item-list-of.ts';
import { createEventLog } from '../testing/event-log.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import type { ChainState } from './chain-state.ts';
import { createListing, type UserListing } from './listing.ts';
import type { Receipt } from './receipt.ts';
import { createReceiptBuilder } from './receipt-builder.ts';
import type { Shard } from './shards/shard.ts';
import type { ShardPlan } from './shards/shard-plan.ts';

const user = (at: number): Identified => ({ id: `user-${at}` });
const url = (chain: string, page: number): URL =>
  new URL(`https://graph.example/v1.0/users?chain=${chain}&page=${page}`);

interface FakeChain extends PageSource<ReceivedPage<Identified>> {
  /** The pages that were requested, by number. */
  readonly requested: number[];
  readonly users: readonly number[];
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
    users: pages.flat(),
    firstUrl: () => url(name, 0),
    async fetch({ searchParams }) {
      const at = Number(searchParams.get('page'));
      requested.push(at);
      if (at === failAt && isExpired) {
        isExpired = false;
        throw new BadRequestError({ status: 400, graphCode: 'Directory_ExpiredPageToken' });
      }
      return {
        items: itemListOf((pages[at] ?? []).map(user)),
        link: at + 1 < pages.length ? url(name, at + 1).href : undefined,
        retried: retried.includes(at),
      };
    },
  };
}

const shards = ['a', 'b', 'c'].map((to): Shard => ({ property: 'userPrincipalName', to }));

interface OpenOptions {
  /** The number of users by `$count`: those of the chains when absent. */
  readonly count?: number | null;
  readonly workers?: number;
  readonly resumed?: readonly ChainState[];
  /** The chain of all users, which is read when the shards are not. */
  readonly whole?: FakeChain;
  readonly divide?: ShardPlan['divide'];
  readonly earlier?: Receipt;
  /** The ids of the users that the earlier run passed on. */
  readonly kept?: readonly string[];
  /** Whether listings are read in parallel; true when absent. */
  readonly isParallel?: boolean;
}

/** Opens a listing with one shard for each source. */
function open(sources: readonly FakeChain[], options: OpenOptions = {}) {
  const { log, logged } = createEventLog();
  const { whole = createChain('whole', [[]]), workers = 1 } = options;
  const users = new Set(sources.flatMap(({ users: each }) => each)).size;
  const { count = users } = options;
  const rejected: string[] = [];
  const plan: ShardPlan = {
    strategy: 'user-principal-name-ranges',
    shards: shards.slice(0, sources.length),
    workers,
    divide: options.divide ?? (async () => undefined),
  };
  const listing = createListing({
    source: (shard) => (shard === undefined ? whole : (sources[shards.indexOf(shard)] ?? whole)),
    pageSize: 999,
    counts: { count: async () => count, pause: async () => {} },
    builder: createReceiptBuilder({
      listed: { tenant: 'contoso.example', cloud: 'global' },
      query: {},
      clock: createFakeClock(),
      earlier: options.earlier,
    }),
    log,
    planner:
      options.isParallel === false
        ? undefined
        : {
            plan: async () => plan,
            resume: () => plan,
            reject: (strategy) => rejected.push(strategy),
          },
    resumed:
      options.resumed === undefined
        ? undefined
        : { chains: options.resumed, ids: options.kept ?? [] },
  });
  return { listing, logged, rejected };
}

async function idsOf(listing: UserListing<Identified>): Promise<string[]> {
  return (await Array.fromAsync(listing)).map(({ id }) => id);
}

const ids = (...users: readonly number[]): string[] => users.map((at) => user(at).id);

it.each([1, 2, 16])(
  'reads three chains that overlap with %i workers, and passes each user on once',
  async (workers) => {
    const sources = [
      createChain('a', [[1, 2], [3]]),
      createChain('b', [[3, 4], [], [5, 6]]),
      createChain('c', [[7], [1, 7]]),
    ];
    const { listing } = open(sources, { workers });
    expect((await idsOf(listing)).toSorted()).toEqual(ids(1, 2, 3, 4, 5, 6, 7));
    expect(listing.receipt()).toMatchObject({
      complete: true,
      reconciled: true,
      users: 7,
      chains: 3,
      strategy: 'user-principal-name-ranges',
      duplicates: 3,
    });
    expect(listing.chains().map(({ state }) => state)).toEqual(sources.map(() => 'finished'));
  },
);

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

it.each([1, 3])('is not complete when one of its chains fails (%i workers)', async (workers) => {
  const broken: FakeChain = {
    ...createChain('b', []),
    fetch: () => Promise.reject(new Error('reset')),
  };
  const { listing } = open([createChain('a', [[1]]), broken, createChain('c', [[2]])], { workers });
  await expect(idsOf(listing)).rejects.toThrow('reset');
  expect(listing.receipt()).toMatchObject({ complete: false });
  expect(listing.chains()[1]).toMatchObject({ state: 'not-started' });
});

it('resumes each chain from its own state', async () => {
  const chains = ['a', 'b', 'c'].map((name) => createChain(name, [[1], [2], [3]]));
  const { listing } = open(chains, {
    resumed: [
      { state: 'finished', shard: shards[0] },
      { state: 'open', link: url('b', 2).href, shard: shards[1] },
      { state: 'not-started', shard: shards[2] },
    ],
  });
  await idsOf(listing);
  expect(chains.map(({ requested }) => requested)).toEqual([[], [2], [0, 1, 2]]);
});

it('is in the state after each page that was passed on, in JSON, while other pages wait', async () => {
  const sources = [createChain('a', [[1], [2]]), createChain('b', [[3]])];
  const { listing } = open(sources, { workers: 2 });
  const kept = new Set<string>();
  for await (const page of listing.pages()) {
    for (const { id } of page.items) kept.add(id);
    await new Promise(setImmediate);
    const states = JSON.parse(JSON.stringify(listing.chains())) as ChainState[];
    const isRead = (at: number, chain: number, pageOfChain: number): boolean => {
      const state = states[chain];
      const isPast =
        state?.state === 'finished' ||
        (state?.state === 'open' &&
          Number(new URL(state.link).searchParams.get('page')) > pageOfChain);
      return isPast === kept.has(user(at).id);
    };
    expect([isRead(1, 0, 0), isRead(2, 0, 1), isRead(3, 1, 0)]).toEqual([true, true, true]);
    expect(listing.receipt().users).toBe(kept.size);
  }
  expect(kept.size).toBe(3);
});

it('reads at most one page ahead of the consumer, for each worker', async () => {
  const source = createChain('a', [[1], [2], [3], [4], [5]]);
  const { listing } = open([source]);
  for await (const _ of listing.pages()) {
    await new Promise(setImmediate);
    break;
  }
  expect(source.requested).toEqual([0, 1]);
});

it('reads all users sequentially when the service refuses the filter of a shard', async () => {
  const refused: FakeChain = {
    ...createChain('b', []),
    fetch: () =>
      Promise.reject(new BadRequestError({ status: 400, graphCode: 'Request_UnsupportedQuery' })),
  };
  const whole = createChain('whole', [[1, 2], [3]]);
  const { listing, logged, rejected } = open([createChain('a', [[1]]), refused], {
    whole,
    count: 3,
  });
  expect((await idsOf(listing)).toSorted()).toEqual(ids(1, 2, 3));
  expect(listing.receipt()).toMatchObject({ complete: true, strategy: 'sequential', chains: 1 });
  expect(rejected).toEqual(['user-principal-name-ranges']);
  expect(logged).toMatchObject([
    {
      event: 'parallel-listing-refused',
      fields: { reason: 'refused', code: 'Request_UnsupportedQuery' },
    },
  ]);
});

it('reads all users sequentially when the service ignores the filters', async () => {
  const all = Array.from({ length: 40 }, (_, at) => at);
  const pages = [all.slice(0, 20), all.slice(20)];
  const sources = [createChain('a', pages), createChain('b', pages), createChain('c', pages)];
  const whole = createChain('whole', pages);
  const { listing, logged } = open(sources, { whole, workers: 3 });
  expect(new Set(await idsOf(listing)).size).toBe(40);
  expect(listing.receipt()).toMatchObject({ complete: true, users: 40, strategy: 'sequential' });
  expect(logged).toMatchObject([
    { event: 'parallel-listing-refused', fields: { reason: 'ignored' } },
  ]);
});

it('reads all users again when the shards do not add up to the count', async () => {
  const whole = createChain('whole', [[1, 2, 3, 4]]);
  const { listing, logged } = open([createChain('a', [[1]]), createChain('b', [[3, 4]])], {
    whole,
    count: 4,
  });
  expect((await idsOf(listing)).toSorted()).toEqual(ids(1, 2, 3, 4));
  expect(listing.receipt()).toMatchObject({
    complete: true,
    reconciled: true,
    users: 4,
    chains: 3,
  });
  expect(logged).toMatchObject([{ event: 'parallel-listing-checked', fields: { users: 3 } }]);
});

it('divides the chain with the most pages when a worker has nothing left to read', async () => {
  const divided: Shard[] = [];
  const long = createChain(
    'a',
    Array.from({ length: 9 }, (_, at) => [at]),
  );
  const part = createChain('c', [[0, 1, 2, 3, 4, 5, 6, 7, 8]]);
  const { listing } = open([long, createChain('b', [[100]])], {
    workers: 2,
    whole: part,
    divide: async (shard) => {
      divided.push(shard);
      return [{ property: 'userPrincipalName', from: 'x', to: 'a' }];
    },
  });
  expect(new Set(await idsOf(listing)).size).toBe(10);
  expect(divided).toEqual([shards[0]]);
  expect(long.requested.length).toBeLessThan(9);
  expect(part.requested).toEqual([0]);
  expect(listing.receipt()).toMatchObject({ complete: true, reconciled: true, users: 10 });
});

it.each([true, false])(
  'an interrupted parallel listing keeps its strategy, and is verified (continued in parallel: %s)',
  async (isParallel) => {
    const chains = [createChain('a', [[1]]), createChain('b', [[2]])];
    const whole = createChain('whole', [[1, 2, 3]]);
    const first = open(chains, { count: 3 });
    const kept: string[] = [];
    for await (const { items } of first.listing.pages()) {
      kept.push(...items.map(({ id }) => id));
      break;
    }
    const { listing, logged } = open(chains, {
      whole,
      isParallel,
      count: 3,
      earlier: first.listing.receipt(),
      kept,
      resumed: first.listing.chains(),
    });
    const read = new Set(await idsOf(listing));
    expect(read).toContain(user(3).id);
    expect(listing.receipt()).toMatchObject({
      complete: true,
      reconciled: true,
      strategy: 'user-principal-name-ranges',
      chains: 3,
    });
    expect(logged).toMatchObject([{ event: 'parallel-listing-checked' }]);
  },
);

it('a shard whose pages were read before an interruption is not taken for one that is ignored', async () => {
  const all = Array.from({ length: 30 }, (_, at) => at);
  const { listing, logged } = open([createChain('a', [all]), createChain('b', [all])], {
    resumed: shards.slice(0, 2).map((shard) => ({ state: 'not-started', shard })),
    earlier: { countAtStart: 30, strategy: 'user-principal-name-ranges', chains: 2 } as Receipt,
  });
  expect(await idsOf(listing)).toHaveLength(30);
  expect(logged).toEqual([]);
});
