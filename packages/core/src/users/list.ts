import { BadRequestError } from '../errors/bad-request-error.ts';
import { DirectoryError } from '../errors/directory-error.ts';
import { QueryError } from '../errors/query-error.ts';
import { ResumeError } from '../errors/resume-error.ts';
import { checkChainStates } from '../listing/chain-state.ts';
import {
  type CountSource,
  createListing,
  type ListingResume,
  type ResumedListing,
} from '../listing/listing.ts';
import { createReceiptBuilder } from '../listing/receipt-builder.ts';
import {
  createShardPlanner,
  mostWorkers,
  type Parallel,
} from '../listing/shards/create-shard-planner.ts';
import { sampledProperties, type SampledUser } from '../listing/shards/sample.ts';
import { type Shard, shardQuery } from '../listing/shards/shard.ts';
import type { Strategy } from '../listing/shards/shard-plan.ts';
import type { ShardRequests } from '../listing/shards/shard-strategy.ts';
import type { PageSource } from '../paging/chain.ts';
import type { ReceivedPage } from '../paging/page.ts';
import type { Identified } from '../paging/read-page.ts';
import { collectionOf } from '../query/collections/collection-of.ts';
import { fingerprint } from '../query/fingerprint.ts';
import { largestPage } from '../query/largest-page.ts';
import { checkQuery } from '../query/query-rules.ts';
import { listRequest, pageSizeOf } from '../query/query-url.ts';
import { readQuery } from '../query/read-query.ts';
import { isInactive, withInactivitySelect } from '../query/inactivity.ts';
import { withLicensesSelect } from '../query/with-licenses-select.ts';
import { leastRoles } from '../query/roles-needed.ts';
import type { UserQuery } from '../query/user-query.ts';
import { withCollectionSelect } from '../query/with-collection-select.ts';
import { withDefaults } from '../query/with-defaults.ts';
import { requestCount } from './count.ts';
import { createListedCollection } from './listed-collection.ts';
import { createListedLicenses } from './list-licenses.ts';
import { createQueryMode } from './query-mode.ts';
import { readOptions } from './read-options.ts';
import { selectLocally } from './select-locally.ts';
import type { Users } from './users.ts';
import { type Call, requestPage, startCall, type UsersContext } from './users-context.ts';

/** The index of `$count` lags behind the users: after a few seconds it knows most changes. In milliseconds. */
const pauseBeforeCount = 5_000;

/** Whether the service does not return a count, as in consumer tenants: then the receipt is not reconciled. */
function isRefusal(error: unknown): boolean {
  return (
    error instanceof DirectoryError &&
    (error instanceof BadRequestError || error.category === 'permission')
  );
}

/** Checks that an earlier run was of this tenant and query. */
function checkResume(
  { receipt, chains, ids }: ListingResume,
  query: UserQuery,
  { listed }: UsersContext,
): ResumedListing {
  if (receipt?.fingerprint !== fingerprint(listed.tenant, listed.cloud, query))
    throw new ResumeError('it belongs to another tenant or query');
  return { chains: checkChainStates(chains), ids };
}

/** Checks the option `parallel`. @throws {QueryError} */
function readParallel(value: unknown = 'auto'): Parallel {
  if (value === 'auto' || value === 'off') return value;
  if (Number.isInteger(value) && Number(value) >= 1 && Number(value) <= mostWorkers)
    return Number(value);
  throw new QueryError([
    {
      part: 'parallel',
      message: `must be auto, off or a whole number from 1 to ${mostWorkers}`,
      hint: 'Use auto: the number of requests at a time then depends on the latency.',
    },
  ]);
}

/** What the planner of a parallel listing requests. */
function createShardRequests(
  context: UsersContext,
  { advanced }: UserQuery,
  call: () => Call,
): ShardRequests {
  async function page(filter: string | undefined, select: readonly string[], pageSize: number) {
    const query = { select, filter, pageSize, advanced };
    const { url, headers } = listRequest(context.root, query);
    const { items } = await requestPage<Identified & SampledUser>(context, url, headers, {
      ...call(),
      needs: leastRoles(query),
    });
    return items.parse();
  }
  return {
    sample: (filter) => page(filter, sampledProperties, largestPage),
    count: (filter) => requestCount(context, { filter }, call()),
    async names(filter) {
      const users = await page(filter, ['id', 'userPrincipalName'], 5);
      return users.map(({ userPrincipalName }) => String(userPrincipalName));
    },
  };
}

/** The tenant's `$count` at the start and at the end of a listing. */
function createCountSource(
  context: UsersContext,
  resolved: () => UserQuery,
  call: () => Call,
): CountSource {
  // Logged at the end: when the query itself is rejected, its pages are too, and their error says it better.
  let refusedAtStart: unknown;
  const warn = (when: 'start' | 'end', error: unknown): void => {
    const code = error instanceof DirectoryError ? error.code : undefined;
    context.ports.log('count-refused', { when, code });
  };
  return {
    pause: () => context.ports.clock.sleep(pauseBeforeCount, call().signal),
    async count(when) {
      const query = resolved();
      if (query.limit !== undefined) return null;
      if (when === 'end' && refusedAtStart !== undefined) warn('start', refusedAtStart);
      try {
        return await requestCount(context, query, call());
      } catch (error) {
        // At the end all users have been read already, so that a failed count does not invalidate the listing.
        const isAborted = call().signal?.aborted === true;
        if (isAborted || (when === 'start' && !isRefusal(error))) throw error;
        if (when === 'start') refusedAtStart = error;
        else warn(when, error);
        return null;
      }
    },
  };
}

export function listUsers(context: UsersContext): Users['list'] {
  const { root, ports } = context;
  // The answer of the service to the ranges of a strategy: it does not change while the directory is open.
  const rejected = new Set<Strategy>();
  return (given = {}, givenOptions = {}) => {
    const { resume, parallel, ...options } = readOptions(givenOptions, ['resume', 'parallel']);
    const query = withLicensesSelect(
      withInactivitySelect(withCollectionSelect(withDefaults(readQuery(given), context.defaults))),
    );
    checkQuery(query);
    const needs = leastRoles(query);
    const resumed = resume === undefined ? undefined : checkResume(resume, query, context);
    const builder = createReceiptBuilder({
      listed: context.listed,
      query,
      clock: ports.clock,
      earlier: resume?.receipt,
    });
    const call = startCall(context, options, builder.metrics);
    const licenses = createListedLicenses(context, query, call);
    const listed = createListedCollection(context, {
      query,
      resume,
      builder,
      licenses,
      call,
    });
    const mode = createQueryMode(ports.log);
    /** The pages of a shard: its filter is part of the links, its headers are not. */
    const source = (shard?: Shard, signal?: AbortSignal): PageSource<ReceivedPage<Identified>> => {
      const part = shard === undefined ? listed.query : shardQuery(listed.query, shard);
      const pageSizes = new Map<string, number>();
      return {
        firstUrl(pageSize) {
          const { url } = listRequest(root, mode.apply(part), pageSize);
          pageSizes.set(url.href, pageSize);
          return url;
        },
        fetch: (link, { shouldStop, onNextLink, signal: stop }) =>
          mode.send(part, (sent) => {
            const pageSize = pageSizes.get(link.href);
            const { url, headers } = listRequest(root, sent, pageSize);
            return requestPage(context, pageSize === undefined ? link : url, headers, {
              ...call(),
              collection: collectionOf(listed.query.of),
              signal: AbortSignal.any(
                [call().signal, signal, stop].filter((each) => each !== undefined),
              ),
              needs,
              shouldStop,
              onNextLink,
            });
          }),
        // The ranges of a shard are not known to be accepted in advanced queries.
        ...(shard === undefined ? { onExpiry: () => mode.avoidExpiry(part) } : {}),
      };
    };
    const listing = createListing<never>({
      prepare: () => listed.resolve(),
      source: source as (shard?: Shard, signal?: AbortSignal) => PageSource<ReceivedPage<never>>,
      pageSize: pageSizeOf(query),
      counts: createCountSource(context, () => listed.query, call),
      builder,
      log: ports.log,
      planner: createShardPlanner({
        query,
        parallel: readParallel(parallel),
        requests: createShardRequests(context, query, call),
        clock: ports.clock,
        rejected,
      }),
      limit: query.limit,
      resumed,
    });
    const { inactive } = query;
    if (inactive === undefined) return licenses.named(listing);
    const start = Date.parse(builder.receipt().startedAt);
    return licenses.named(
      selectLocally(listing, builder, (user) => isInactive(user, inactive, start)),
    );
  };
}
