import { BadRequestError } from '../errors/bad-request-error.ts';
import { DirectoryError } from '../errors/directory-error.ts';
import { ResumeError } from '../errors/resume-error.ts';
import { checkChainStates } from '../listing/chain-state.ts';
import {
  type CountSource,
  createListing,
  type ListingResume,
  type ResumedListing,
} from '../listing/listing.ts';
import { createReceiptBuilder } from '../listing/receipt-builder.ts';
import type { PageSource } from '../paging/chain.ts';
import { checkLink } from '../paging/link.ts';
import type { Page } from '../paging/page.ts';
import type { Identified } from '../paging/read-page.ts';
import { fingerprint } from '../query/fingerprint.ts';
import { checkQuery } from '../query/query-rules.ts';
import { listRequest, pageSizeOf } from '../query/query-url.ts';
import { readQuery } from '../query/read-query.ts';
import { leastRoles } from '../query/roles-needed.ts';
import type { UserQuery } from '../query/user-query.ts';
import { withDefaults } from '../query/with-defaults.ts';
import { requestCount } from './count.ts';
import type { Users } from './users.ts';
import { type Call, requestPage, startCall, type UsersContext } from './users-context.ts';

/** The number of chains of a plain listing. */
const oneChain = 1;

/** Whether the service does not return a count, as in consumer tenants: then the receipt is not reconciled. */
function isRefusal(error: unknown): boolean {
  return (
    error instanceof DirectoryError &&
    (error instanceof BadRequestError || error.category === 'permission')
  );
}

/** The state of an earlier run, checked against this tenant and query. */
function checkResume(
  resume: ListingResume,
  query: UserQuery,
  { listed, root }: UsersContext,
): ResumedListing {
  const { receipt, chains, ids } = resume;
  if (receipt?.fingerprint !== fingerprint(listed.tenant, listed.cloud, query))
    throw new ResumeError('it belongs to another tenant or query');
  const states = checkChainStates(chains, oneChain).map((chain) =>
    chain.state === 'open'
      ? ({ state: 'open', link: checkLink(chain.link, root, 'users') } as const)
      : chain,
  );
  return { chains: states, ids };
}

/** The tenant's `$count` at the start and at the end of a listing. */
function createCountSource(context: UsersContext, query: UserQuery, call: () => Call): CountSource {
  // Logged at the end: when the query itself is rejected, its pages are too, and their error says it better.
  let refusedAtStart: unknown;
  const warn = (when: 'start' | 'end', error: unknown): void => {
    const code = error instanceof DirectoryError ? error.code : undefined;
    context.ports.log('count-refused', { when, code });
  };
  return {
    async count(when) {
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
  const { root, listed, ports } = context;
  return (given = {}, { resume, ...options } = {}) => {
    const query = withDefaults(readQuery(given), context.defaults);
    checkQuery(query);
    const { headers } = listRequest(root, query);
    const needs = leastRoles(query);
    const resumed = resume === undefined ? undefined : checkResume(resume, query, context);
    const builder = createReceiptBuilder({
      listed,
      query,
      chains: oneChain,
      clock: ports.clock,
      earlier: resume?.receipt,
    });
    const call = startCall(context, options, builder.metrics);
    const source: PageSource<Page<Identified>> = {
      firstUrl: (pageSize) => listRequest(root, query, pageSize).url,
      fetch: (url, shouldStop) =>
        requestPage(context, url, headers, { ...call(), needs, shouldStop }),
    };
    return createListing<never>({
      sources: [source as PageSource<Page<never>>],
      pageSize: pageSizeOf(query),
      counts: createCountSource(context, query, call),
      builder,
      log: ports.log,
      limit: query.limit,
      resumed,
    });
  };
}
