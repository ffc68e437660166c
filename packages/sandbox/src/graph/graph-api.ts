import type { Clock } from '../clock.ts';
import { createGroups, type Group } from '../directory/groups.ts';
import type { People, User } from '../directory/people.ts';
import type { Replicas } from '../directory/replicas.ts';
import { createBodyBuffers } from '../http/body-buffers.ts';
import type { Answer, Call, Handler } from '../http/handler.ts';
import type { VerifyAccessToken } from '../identity/tokens/access-token-verdict.ts';
import { answerBatch } from './batch/answer-batch.ts';
import { requireReadingRole, requireValidToken, requireWritingRole } from './caller.ts';
import { createDeltaTokens } from './delta/delta-token.ts';
import { getDelta } from './delta/get-delta.ts';
import { GraphError } from './graph-error.ts';
import { commonHeaders } from './graph-headers.ts';
import type { Directory, GraphRequest } from './graph-request.ts';
import { createAskedTokens } from './paging/asked-tokens.ts';
import { createPageCookies, type PageCookies } from './paging/page-cookies.ts';
import { createPageTokens } from './paging/page-token.ts';
import { parseQueryOptions } from './query/query-options.ts';
import { resourceUnits } from './resource-units.ts';
import { countGroups, getGroup, listGroups } from './groups/list-groups.ts';
import { listMembers } from './groups/list-members.ts';
import { parseRoute, type Route } from './route.ts';
import { requireQuota } from './throttle/require-quota.ts';
import { createThrottle, type ThrottleLedger } from './throttle/throttle.ts';
import { settle, type Unsettled } from './unsettled.ts';
import { countUsers } from './users/count-users.ts';
import { getManager, getUser } from './users/get-user.ts';
import { listUsers } from './users/list-users.ts';
import { createUserPages } from './users/user-pages.ts';
import { setOf } from './users/user-set.ts';
import { createWrittenUsers } from './users/written-users.ts';

export interface GraphApiOptions {
  readonly people: People;
  readonly verifyAccessToken: VerifyAccessToken;
  /** Scheme, host and port under which clients reach Graph; asked on every call, because the port comes late. */
  origin(): string;
  readonly tenant: { readonly id: string };
  readonly clock: Clock;
  /** Seals page tokens: those of one seed are worthless under another. */
  readonly seed: number;
  /** Choices where the facts leave one; the defaults otherwise. */
  readonly unsettled?: Partial<Unsettled> | undefined;
  /** Resource units in 10 seconds for one application, instead of the limit by the tenant's size. */
  readonly unitsPer10Seconds?: number | undefined;
  /** Idle time after which page tokens of filtered default-mode lists expire, in seconds; never when absent. */
  readonly filteredTokenIdleSeconds?: number | undefined;
  /** Copies of the directory that answer in its place. */
  readonly replicas?: Pick<Replicas, 'next'> | undefined;
}

export interface GraphApi {
  readonly handle: Handler;
  /** What throttling saw, and which clients sent a request before their Retry-After had passed. */
  readonly throttle: () => ThrottleLedger;
  /** From now on this many resource units in 10 seconds; undefined: by the tenant's size. */
  readonly setLimit: (unitsPer10Seconds: number | undefined) => void;
  readonly cookies: PageCookies;
  readonly groups: readonly Group[];
  /** All users of the collection that a path names. @throws {TypeError} when it names none */
  readonly usersOf: (path: string) => readonly User[];
  readonly unsettled: () => Unsettled;
  /** From now on these choices, the others as they are. */
  readonly choose: (choices: Partial<Unsettled>) => void;
}

/** Memory for the serialised users of a replica. */
const copyBytes = 2 ** 28;

type ReadingRoute = Exclude<Route, { to: 'batch' }>;

/** Whether a path names groups, or users by way of a group. */
function isOfGroups(route: ReadingRoute): boolean {
  if (route.to === 'list' || route.to === 'count') return /members$/iu.test(route.set.of);
  return ['groups', 'group', 'groupCount'].includes(route.to);
}

type Operation<To extends ReadingRoute['to']> = (
  directory: Directory,
  request: GraphRequest,
  route: Extract<ReadingRoute, { readonly to: To }>,
) => Answer;

const operations: { readonly [To in ReadingRoute['to']]: Operation<To> } = {
  list: (directory, request, { set }) =>
    'isCast' in set && !set.isCast && set.of !== 'directReports'
      ? listMembers(directory, request, set)
      : listUsers(directory, request, setOf(set, directory)),
  count: (directory, request, { set }) => countUsers(directory, request, setOf(set, directory)),
  delta: getDelta,
  user: (directory, request, { key }) => getUser(directory, request, key),
  manager: (directory, request, { key }) => getManager(directory, request, key),
  groups: listGroups,
  groupCount: countGroups,
  group: (directory, request, { key }) => getGroup(directory, request, key),
};

function answerTo(route: ReadingRoute, directory: Directory, request: GraphRequest): Answer {
  const operation = operations[route.to] as Operation<ReadingRoute['to']>;
  return operation(directory, request, route);
}

const writingMethods: ReadonlySet<string> = new Set(['POST', 'PATCH', 'PUT', 'DELETE']);

function requireMethod(call: Call, wanted: 'GET' | 'POST'): void {
  if (call.method === wanted) return;
  throw new GraphError(
    405,
    'Request_BadRequest',
    'Specified HTTP method is not allowed for the request target.',
    { Allow: wanted },
  );
}

/** 7.1. `date` has no zone suffix. */
function refusal(call: Call, error: GraphError, now: number): Answer {
  return {
    status: error.status,
    headers: { 'Content-Type': 'application/json', ...error.headers },
    body: JSON.stringify({
      error: {
        code: error.code,
        message: error.message,
        innerError: {
          ...error.inner,
          date: new Date(now).toISOString().slice(0, 19),
          'request-id': call.requestId,
          'client-request-id': call.clientRequestId ?? call.requestId,
        },
      },
    }),
  };
}

/** Microsoft Graph, v1.0 and beta, for the users of one tenant. */
export function createGraphApi(options: GraphApiOptions): GraphApi {
  const { verifyAccessToken, clock, people, seed, tenant, unitsPer10Seconds } = options;
  let unsettled = settle(options.unsettled);
  const cookies = createPageCookies(clock, options.filteredTokenIdleSeconds);
  const tokens = createPageTokens(seed);
  const deltaTokens = createDeltaTokens(seed);
  const askedTokens = createAskedTokens();
  const bodyBuffers = createBodyBuffers();

  /** @param bytes memory for serialised users */
  function directoryOf(copy: People, bytes?: number): Directory {
    return {
      people: copy,
      groups: createGroups(copy, seed),
      pages: createUserPages(copy),
      written: createWrittenUsers(copy, bytes),
      tokens,
      deltaTokens,
      askedTokens,
      cookies,
      bodyBuffers,
      get unsettled() {
        return unsettled;
      },
      origin: () => options.origin(),
      now: () => clock.now(),
    };
  }

  const original = directoryOf(people);
  const copies = new Map<People, Directory>([[people, original]]);

  /** The copy of the directory that answers. A delta query reads the original, because its tokens count changes. */
  function directoryFor(route: ReadingRoute): Directory {
    const copy = route.to === 'delta' ? people : (options.replicas?.next() ?? people);
    const directory = copies.get(copy) ?? directoryOf(copy, copyBytes);
    copies.set(copy, directory);
    return directory;
  }

  const throttle = createThrottle({ clock, users: () => people.size, unitsPer10Seconds });

  async function answer(call: Call, charged: (units: number) => void): Promise<Answer> {
    const verdict = await verifyAccessToken(call.headers['authorization']);
    const caller = requireValidToken(verdict, options.origin());
    const route = parseRoute(call.url.pathname);
    if (route.to === 'batch') {
      requireMethod(call, 'POST');
      return answerBatch(call, handle);
    }
    if (writingMethods.has(call.method)) requireWritingRole(caller);
    requireMethod(call, 'GET');
    requireReadingRole(caller, isOfGroups(route) ? 'groups' : 'users');
    const query = parseQueryOptions(call.url.search);
    const cost = resourceUnits(route, query);
    charged(cost);
    const quota = requireQuota(throttle, {
      caller,
      tenantId: tenant.id,
      resourceUnits: cost,
      options: query,
      priority: call.headers['x-ms-throttle-priority'],
    });
    const given = answerTo(route, directoryFor(route), {
      call,
      caller,
      options: query,
      eventual: [call.headers['consistencylevel'], query.ConsistencyLevel].some(
        (level) => level?.toLowerCase() === 'eventual',
      ),
      resourceUnits: cost,
    });
    return { ...given, headers: { ...given.headers, ...quota } };
  }

  async function handle(call: Call): Promise<Answer> {
    let given: Answer;
    let units = 1;
    try {
      given = await answer(call, (cost) => {
        units = cost;
      });
    } catch (error) {
      if (!(error instanceof GraphError)) throw error;
      const refused = refusal(call, error, clock.now());
      // Responses without a valid token and throttled ones have no cost.
      const cost = [401, 429].includes(error.status) ? {} : { 'x-ms-resource-unit': String(units) };
      given = { ...refused, headers: { ...refused.headers, ...cost } };
    }
    return { ...given, headers: { ...commonHeaders(call), ...given.headers } };
  }

  function usersOf(path: string): readonly User[] {
    try {
      const route = parseRoute(path);
      if (route.to !== 'list') throw new TypeError(`${path} is not a collection of users`);
      const everyone = { matches: undefined, range: undefined };
      return setOf(route.set, original).pages.read(0, Infinity, everyone).users();
    } catch (error) {
      throw error instanceof GraphError ? new TypeError(error.message, { cause: error }) : error;
    }
  }

  return {
    handle,
    groups: original.groups.all,
    usersOf,
    throttle: () => throttle.ledger(),
    setLimit: (units) => {
      throttle.setLimit(units);
    },
    cookies,
    unsettled: () => unsettled,
    choose: (choices) => {
      unsettled = { ...unsettled, ...choices };
    },
  };
}
