import type { Log } from '../events.ts';
import { type ChainOptions, followChain, type PageSource } from '../paging/chain.ts';
import type { ItemList } from '../paging/item-list.ts';
import type { ReceivedPage } from '../paging/page.ts';
import type { Identified } from '../paging/read-page.ts';
import type { ChainState } from './chain-state.ts';
import type { Shard } from './shards/shard.ts';

/** A chain of the listing, with how far it has been read. */
export interface ListedChain {
  state: ChainState;
  /** Whether it replaces another chain, whose users it can receive again. */
  readonly isPart: boolean;
}

/** Returns those of the items of a page that were not passed on before. */
type Accept<Item> = (items: ItemList<Item>) => ItemList<Item> | Promise<ItemList<Item>>;

export interface FollowOptions extends Pick<ChainOptions<never>, 'readsAhead' | 'isFinished'> {
  /** Stops the requests of the chain. */
  readonly signal?: AbortSignal | undefined;
}

/** The chains of one listing: one that reads all users, or one for each shard. */
export interface ChainList<Item> {
  readonly states: readonly ChainState[];
  /** The chains that have not been read to their end. */
  readonly unfinished: readonly ListedChain[];
  /** Replaces all chains by one that reads all users. */
  startOver(): void;
  /** Replaces all chains by one for each shard. */
  divide(shards: readonly Shard[]): void;
  /** Replaces one chain by one for each of its parts. */
  replace(chain: ListedChain, shards: readonly Shard[]): readonly ListedChain[];
  /** Reads a chain from where it is. */
  follow(
    chain: ListedChain,
    accept: Accept<Item>,
    options: FollowOptions,
  ): AsyncGenerator<ReceivedPage<Item>, void, undefined>;
  /** Records that all users were received, also by chains that have a next link. */
  finish(): void;
  /** Records that a page of the chain was passed on. */
  advance(chain: ListedChain, page: ReceivedPage<Item>): void;
}

export interface ChainListOptions<Item extends Identified> {
  /** The pages of a shard; of all users when absent. `signal` stops its requests. */
  readonly source: (shard?: Shard, signal?: AbortSignal) => PageSource<ReceivedPage<Item>>;
  readonly pageSize: number;
  readonly log: Log;
}

function chainOf(shard: Shard | undefined, isPart: boolean): ListedChain {
  return { state: { state: 'not-started', shard }, isPart };
}

/** @param resumed the states of an interrupted listing */
export function createChainList<Item extends Identified>(
  { source, pageSize, log }: ChainListOptions<Item>,
  resumed?: readonly ChainState[],
): ChainList<Item> {
  // Pages that were read before an interruption, and not kept, can be those of other chains.
  let chains: readonly ListedChain[] = resumed?.map((state) => ({ state, isPart: true })) ?? [
    chainOf(undefined, false),
  ];
  return {
    get states() {
      return chains.map(({ state }) => state);
    },
    get unfinished() {
      return chains.filter(({ state }) => state.state !== 'finished');
    },
    startOver() {
      chains = [chainOf(undefined, true)];
    },
    divide(shards) {
      chains = shards.map((shard) => chainOf(shard, false));
    },
    replace(chain, shards) {
      const parts = shards.map((shard) => chainOf(shard, true));
      chains = chains.flatMap((each) => (each === chain ? parts : [each]));
      return parts;
    },
    follow: ({ state }, accept, { signal, readsAhead, isFinished }) =>
      followChain<ReceivedPage<Item>>({
        source: source(state.shard, signal),
        pageSize,
        from: state.state === 'open' ? state.link : undefined,
        onExpiry: 'restart',
        log,
        accept,
        readsAhead,
        isFinished,
      }),
    finish() {
      for (const chain of chains) chain.state = { shard: chain.state.shard, state: 'finished' };
    },
    advance(chain, { link }) {
      const { shard } = chain.state;
      chain.state =
        link === undefined ? { shard, state: 'finished' } : { shard, state: 'open', link };
    },
  };
}
