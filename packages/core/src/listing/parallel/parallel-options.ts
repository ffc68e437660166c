import type { QueueEntry } from './page-queue.ts';

/** What a chain gets while it is read together with others. */
export interface ChainTurn extends Pick<QueueEntry<unknown>, 'ready'> {
  /** Aborted when the reading ends early, or when the chain was divided. */
  readonly signal: AbortSignal;
}

export interface ParallelOptions<Chain, ChainPage> {
  readonly chains: readonly Chain[];
  /** The largest number of chains that are read at the same time. */
  readonly workers: number;
  read(chain: Chain, turn: ChainTurn): AsyncIterable<ChainPage>;
  /**
   * Returns the chains that replace one that takes longer than the others; undefined when it is not worth it.
   * @param pages how many pages of it were read
   * @param parts the number of chains that could be read at once
   */
  divide(chain: Chain, pages: number, parts: number): Promise<readonly Chain[] | undefined>;
}

/** A page, with its chain. */
export interface ChainPageOf<Chain, ChainPage> {
  readonly chain: Chain;
  readonly page: ChainPage;
}
