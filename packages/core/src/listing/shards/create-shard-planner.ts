import { BadRequestError } from '../../errors/bad-request-error.ts';
import type { Clock } from '../../ports.ts';
import { collectionOf } from '../../query/collections/collection-of.ts';
import { largestPage } from '../../query/largest-page.ts';
import type { UserQuery } from '../../query/user-query.ts';
import { createdDateRanges } from './created-date-ranges.ts';
import { isOrdered, type Shard } from './shard.ts';
import type { ShardPlan, ShardPlanner, Strategy } from './shard-plan.ts';
import type { ShardRequests, ShardStrategy } from './shard-strategy.ts';
import { twoDirections } from './two-directions.ts';
import { userPrincipalNameRanges } from './user-principal-name-ranges.ts';

/** How many chains of a listing are read at the same time: a number, or as many as the latency requires. */
export type Parallel = 'auto' | 'off' | number;

/** The largest number of chains that are read at the same time. */
export const mostWorkers = 128;

/** The strategies in the order in which they are tried. */
const strategies: readonly ShardStrategy[] = [
  createdDateRanges,
  userPrincipalNameRanges,
  twoDirections,
];

/** A listing of fewer users is read sequentially: the sample and the partial last pages of shards would cost more. */
const fewestUsers = 10_000;

/** Enough requests at a time to keep one processor busy, which writes about 120 pages a second. */
const pagesPerSecond = 120;
const automaticWorkers = { fewest: 4, most: 64 } as const;

/** The latency that is assumed for a resumed listing, in milliseconds. */
const assumedLatency = 150;

/** More shards than workers, so that the workers that finish first continue with others. */
const shardsPerWorker = 4;

/** Shards of fewer pages would cost too many requests, because the last page of each is partial. */
const pagesPerShard = 2;

export interface ShardPlannerOptions {
  readonly query: UserQuery;
  readonly parallel: Parallel;
  readonly requests: ShardRequests;
  readonly clock: Clock;
  /** The strategies that the service of this tenant was found to refuse. The planner adds to it. */
  readonly rejected: Set<Strategy>;
}

/** Whether a listing can be divided: a sorted or limited one cannot, and a search cannot be combined with ranges. */
function isDivisible(query: UserQuery, parallel: Parallel): boolean {
  const { of, inactive, license, search, orderBy = [], limit } = query;
  // Sign-in activity is limited to ten requests a minute (Graph's throttling limits).
  if (inactive !== undefined || license !== undefined) return false;
  const isSequential = parallel === 'off' || parallel === 1 || !collectionOf(of).isDivisible;
  return !isSequential && search === undefined && orderBy.length === 0 && limit === undefined;
}

/** @param latency how long the service took to return a page, in milliseconds */
function workersFor(parallel: Parallel, latency: number): number {
  if (typeof parallel === 'number') return parallel;
  const { fewest, most } = automaticWorkers;
  return Math.min(most, Math.max(fewest, Math.ceil((latency / 1000) * pagesPerSecond)));
}

/** Creates the planner of one query; undefined when all of its listings have to be read sequentially. */
export function createShardPlanner(options: ShardPlannerOptions): ShardPlanner | undefined {
  const { query, parallel, requests, clock, rejected } = options;
  if (!isDivisible(query, parallel)) return undefined;
  const pageSize = query.pageSize ?? largestPage;
  const accepted = strategies.filter((strategy) => strategy.accepts(query));

  function planOf(strategy: ShardStrategy, shards: readonly Shard[], workers: number): ShardPlan {
    const divide: ShardPlan['divide'] = async (shard, users, parts) => {
      try {
        return await strategy.divide(shard, {
          query,
          requests,
          parts,
          pageSize,
          users,
          now: clock.wall(),
        });
      } catch (error) {
        // The shard is read as it is.
        if (error instanceof BadRequestError) return undefined;
        throw error;
      }
    };
    return { strategy: strategy.name, shards, workers, divide };
  }

  async function plan(total: number): Promise<ShardPlan | undefined> {
    const pages = Math.ceil(total / pageSize);
    if (pages < 2 || (parallel === 'auto' && total < fewestUsers)) return undefined;
    const candidates = accepted.filter(({ name }) => !rejected.has(name));
    if (candidates.length === 0) return undefined;
    const start = clock.monotonic();
    const sample = await requests.sample(query.filter);
    const workers = Math.min(workersFor(parallel, clock.monotonic() - start), pages);
    const most = Math.max(
      workers,
      Math.min(Math.ceil(pages / pagesPerShard), workers * shardsPerWorker),
    );
    const facts = { query, requests, sample, total, workers, most };
    for (const strategy of candidates) {
      const shards = await strategy.plan(facts);
      if (shards === 'refused') rejected.add(strategy.name);
      else if (shards !== undefined) return planOf(strategy, shards, workers);
    }
    return undefined;
  }

  return {
    async plan(total) {
      try {
        return await plan(total);
      } catch (error) {
        if (error instanceof BadRequestError) return undefined;
        throw error;
      }
    },
    resume(shards) {
      const [first] = shards;
      const strategy =
        first !== undefined && isOrdered(first)
          ? twoDirections
          : strategies.find(({ property }) => property === first?.property);
      return strategy && planOf(strategy, shards, workersFor(parallel, assumedLatency));
    },
    reject: (strategy) => void rejected.add(strategy),
  };
}
