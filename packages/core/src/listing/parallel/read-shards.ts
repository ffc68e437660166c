import type { ItemList } from '../../paging/item-list.ts';
import type { ReceivedPage } from '../../paging/page.ts';
import type { Identified } from '../../paging/read-page.ts';
import type { ChainList, ListedChain } from '../chain-list.ts';
import type { ChainTurn } from './parallel-options.ts';
import { readInParallel } from './read-in-parallel.ts';
import type { ReceiptBuilder } from '../receipt-builder.ts';
import { createMeeting } from '../shards/meeting.ts';
import { isOrdered } from '../shards/shard.ts';
import type { ShardPlan } from '../shards/shard-plan.ts';

/** The service did not apply the filter of a shard: the chain returned the users of another one. */
export class IgnoredFilter extends Error {}

/** Fewer users on a page do not show whether a filter was applied. */
const fewestUsersToJudge = 20;

/**
 * Reads the shards of a plan in parallel and passes their pages on as they arrive.
 * @throws {IgnoredFilter} when the first page of a shard has only users that others have returned
 */
export async function* readShards<Item extends Identified>(
  chains: ChainList<Item>,
  plan: ShardPlan,
  builder: ReceiptBuilder,
  pageSize: number,
): AsyncGenerator<ReceivedPage<Item>, void, undefined> {
  const { strategy, workers } = plan;
  const meeting = createMeeting();

  function read(chain: ListedChain, { signal, ready }: ChainTurn) {
    let isFirstPage = !chain.isPart && chain.state.state === 'not-started';
    const accept = async (items: ItemList<Item>): Promise<ItemList<Item>> => {
      // A user counts as seen when its page is passed on, not earlier: a checkpoint describes what was passed on.
      await ready();
      const { shard } = chain.state;
      if (shard !== undefined && isOrdered(shard)) {
        if (isFirstPage) meeting.begin(shard.order, items);
        // Before the users count as seen: they are not passed on.
        if (meeting.isIgnored) throw new IgnoredFilter();
      }
      const accepted = builder.accept(items);
      if (shard !== undefined && isOrdered(shard)) meeting.pass(shard.order, items, accepted);
      if (isFirstPage && items.length >= fewestUsersToJudge && accepted.length === 0)
        throw new IgnoredFilter();
      isFirstPage = false;
      return accepted;
    };
    return chains.follow(chain, accept, { signal, isFinished: () => meeting.isMet });
  }

  async function divide(
    chain: ListedChain,
    pages: number,
    parts: number,
  ): Promise<readonly ListedChain[] | undefined> {
    const { shard } = chain.state;
    const shards = shard && (await plan.divide(shard, pages * pageSize, parts));
    if (shards === undefined) return undefined;
    const replacing = chains.replace(chain, shards);
    builder.recordDivision(strategy, chains.states.length);
    return replacing;
  }

  builder.recordDivision(strategy, chains.states.length);
  const reading = readInParallel({ chains: chains.unfinished, workers, read, divide });
  for await (const { chain, page } of reading) {
    chains.advance(chain, page);
    if (meeting.isMet) chains.finish();
    yield page;
  }
}
