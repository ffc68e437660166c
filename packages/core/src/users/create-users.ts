import { BadRequestError } from '../errors/bad-request-error.ts';
import { BodyError } from '../errors/body-error.ts';
import { DirectoryError } from '../errors/directory-error.ts';
import { NoSuchUserError } from '../errors/no-such-user-error.ts';
import { ResumeError } from '../errors/resume-error.ts';
import { getMany } from './get-many.ts';
import { type ChangesPage, readChanges, type UserChange } from '../delta/changes.ts';
import { createListing, type ListingResume, type ResumedListing } from '../listing/listing.ts';
import { checkLink } from '../paging/link.ts';
import type { Page } from '../paging/page.ts';
import { type Identified, readPage } from '../paging/read-page.ts';
import { createReceiptBuilder, type ListedTenant } from '../listing/receipt-builder.ts';
import { checkRoundEnd, type RoundEnd } from '../delta/round-end.ts';
import { readRound } from '../delta/round.ts';
import type { Ports } from '../ports.ts';
import { fingerprint } from '../query/fingerprint.ts';
import { checkQuery } from '../query/query-rules.ts';
import {
  changesRequest,
  countRequest,
  getRequest,
  listRequest,
  pageSizeOf,
} from '../query/query-url.ts';
import { leastRoles } from '../query/roles-needed.ts';
import type { UserQuery } from '../query/user-query.ts';
import { withDefaults } from '../query/with-defaults.ts';
import { createBatch } from '../graph/batch.ts';
import type { Deadline } from '../retry/deadline.ts';
import type { ResponseInfo, PipelineRequest, GraphRequest } from '../graph/graph-request.ts';
import type { Transport } from '../graph/pipeline.ts';
import type { CallOptions, Users } from './users.ts';
import { withoutContext } from './without-context.ts';

export interface UsersOptions {
  readonly transport: Transport;
  /** The Graph root, with its version. */
  readonly root: URL;
  readonly listed: ListedTenant;
  readonly ports: Pick<Ports, 'clock' | 'random' | 'log'>;
  /** Called when a call begins. */
  startDeadline(): Deadline;
  readonly adminConsentUrl?: string | undefined;
  /** What a listing asks for where its caller says nothing: the query of the settings' `endpoint`. */
  readonly defaults?: UserQuery | undefined;
}

/** What all the requests of one call have in common. */
type Call = Pick<PipelineRequest, 'signal' | 'deadline' | 'metrics'>;

type PageCall = Call & Pick<GraphRequest<unknown>, 'shouldStop' | 'needs'>;

function shapeFault(facts: ResponseInfo): BodyError {
  return new BodyError('shape', {
    status: facts.status,
    length: facts.length,
    contentType: facts.headers['content-type'],
    requestId: facts.headers['request-id'],
  });
}

function readCount(body: unknown, facts: ResponseInfo): number {
  if (typeof body === 'number' && Number.isSafeInteger(body) && body >= 0) return body;
  throw shapeFault(facts);
}

function readUser(body: unknown, facts: ResponseInfo): Identified {
  if (typeof body === 'object' && body !== null && 'id' in body && typeof body.id === 'string')
    return withoutContext(body as Identified);
  throw shapeFault(facts);
}

/** A count that the service will not give (consumer tenants have none) leaves the receipt unreconciled, no more. */
function isRefusal(error: unknown): boolean {
  return (
    error instanceof DirectoryError &&
    (error instanceof BadRequestError || error.category === 'permission')
  );
}

/** The questions about users, put to one tenant. */
export function createUsers(options: UsersOptions): Users {
  const { transport, root, listed, ports, adminConsentUrl } = options;
  const { send } = transport;
  const { clock, log } = ports;
  const ask = createBatch({ transport, root, ...ports, adminConsentUrl });

  function askCount(query: Pick<UserQuery, 'filter' | 'search'>, call: Call): Promise<number> {
    const needs = leastRoles(query);
    return send({ method: 'GET', ...countRequest(root, query), ...call, needs, read: readCount });
  }

  function askPage<Item extends Identified>(
    link: URL,
    headers: Readonly<Record<string, string>>,
    call: PageCall,
  ): Promise<Page<Item>> {
    return send({
      method: 'GET',
      url: link,
      headers,
      ...call,
      read: (body, facts) => readPage<Item>(body, facts, root, 'users'),
    });
  }

  /** A call begins when its first request does: a listing may be made long before it is read. */
  function callOf(more: Omit<Call, 'deadline'>): () => Call {
    let call: Call | undefined;
    return () => (call ??= { ...more, deadline: options.startDeadline() });
  }

  async function askUser<Item extends Identified>(
    id: string,
    query: Pick<UserQuery, 'select'>,
    call: Call,
  ): Promise<Item> {
    try {
      return await send({
        method: 'GET',
        ...getRequest(root, id, query),
        ...call,
        needs: leastRoles(query),
        // As in a page: nothing but the id is checked.
        read: (body, facts) => readUser(body, facts) as Item,
      });
    } catch (error) {
      if (error instanceof BadRequestError && error.status === 404)
        throw new NoSuchUserError(id, {
          requestId: error.requestId,
          clientRequestId: error.clientRequestId,
          attempts: error.attempts,
          cause: error,
        });
      throw error;
    }
  }

  function resumedListing(resume: ListingResume, query: UserQuery): ResumedListing {
    if (resume.receipt.fingerprint !== fingerprint(listed.tenant, listed.cloud, query))
      throw new ResumeError('it belongs to another tenant or query');
    const link = resume.link === null ? undefined : checkLink(resume.link, root, 'users');
    return { link, ids: resume.ids };
  }

  function changes<Item extends Identified>(
    from?: URL | RoundEnd | 'latest',
    { signal, select }: CallOptions & Pick<UserQuery, 'select'> = {},
  ): AsyncIterable<ChangesPage<UserChange<Item>>> {
    const beginning = from === 'latest' ? 'latest' : 'beginning';
    const { url, headers } = changesRequest(root, beginning, { select });
    const call = callOf({ signal });
    return readChanges({
      first() {
        if (from === undefined || from === 'latest') return url;
        if (from instanceof URL) return checkLink(from.href, root, 'delta');
        const link = checkLink(from.deltaLink.href, root, 'delta');
        checkRoundEnd(from, clock.wall(), log);
        return link;
      },
      fetch: (link) =>
        send({
          method: 'GET',
          url: link,
          headers,
          ...call(),
          read: (body, facts) => readPage<UserChange<Item>>(body, facts, root, 'delta'),
        }),
    });
  }

  return {
    list(given = {}, { signal, resume } = {}) {
      const query = withDefaults(given, options.defaults);
      checkQuery(query);
      const { headers } = listRequest(root, query);
      const needs = leastRoles(query);
      const resumed = resume === undefined ? undefined : resumedListing(resume, query);
      const builder = createReceiptBuilder(listed, query, clock, resume?.receipt);
      const call = callOf({ signal, metrics: builder.metrics });
      // Said at the end: where the query itself is refused, its pages are too, and their error says it better.
      let refusedAtStart: unknown;
      const warn = (when: 'start' | 'end', error: unknown): void =>
        log('count-refused', {
          when,
          code: error instanceof DirectoryError ? error.code : undefined,
        });
      return createListing({
        first: (top) => listRequest(root, query, top).url,
        pageSize: pageSizeOf(query),
        resumed,
        log,
        builder,
        limit: query.limit,
        fetch: (link, shouldStop) => askPage(link, headers, { ...call(), shouldStop, needs }),
        async count(when) {
          if (query.limit !== undefined) return null;
          if (when === 'end' && refusedAtStart !== undefined) warn('start', refusedAtStart);
          try {
            return await askCount(query, call());
          } catch (error) {
            // At the end the listing is whole already: nothing that happens to a count can undo that.
            if (signal?.aborted === true || (when === 'start' && !isRefusal(error))) throw error;
            if (when === 'start') refusedAtStart = error;
            else warn(when, error);
            return null;
          }
        },
      });
    },

    async page(query = {}, { signal, link } = {}) {
      const { limit: _, ...unlimited } = query;
      checkQuery(unlimited);
      const { url, headers } = listRequest(root, unlimited);
      const from = link === undefined ? url : checkLink(link.href, root, 'users');
      return askPage(from, headers, { ...callOf({ signal })(), needs: leastRoles(query) });
    },

    get: (id, { signal, select } = {}) => askUser(id, { select }, callOf({ signal })()),

    getMany: (ids, { signal, select } = {}) =>
      getMany(ids, { ask, root, select, call: callOf({ signal }) }),

    changes,

    round: (from, call) => readRound(changes(from, call), { first: from === undefined, clock }),

    async count({ filter, search } = {}, { signal } = {}) {
      checkQuery({ filter, search, count: true });
      return askCount({ filter, search }, callOf({ signal })());
    },
  };
}
