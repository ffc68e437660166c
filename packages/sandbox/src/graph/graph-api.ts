import type { Clock } from '../clock.ts';
import type { Group } from '../directory/groups.ts';
import type { People, User } from '../directory/people.ts';
import type { Replicas } from '../directory/replicas.ts';
import type { Answer, Call, Handler } from '../http/handler.ts';
import type { VerifyAccessToken } from '../identity/tokens/access-token-verdict.ts';
import { answerBatch } from './batch/answer-batch.ts';
import { requireReadingRole, requireValidToken, requireWritingRole } from './caller.ts';
import { createDirectories } from './directories.ts';
import { GraphError } from './graph-error.ts';
import { commonHeaders } from './graph-headers.ts';
import { answerDocument } from './answer-document.ts';
import { answerTo, isOfGroups } from './operations.ts';
import { forbidden } from './other-resources.ts';
import type { PageCookies } from './paging/page-cookies.ts';
import { parseQueryOptions, type QueryOptions } from './query/query-options.ts';
import { resourceUnits } from './resource-units.ts';
import { parseRoute } from './route.ts';
import { requireSubscriptionRole } from './subscribed-skus.ts';
import { requireQuota } from './throttle/require-quota.ts';
import { createThrottle, type ThrottleLedger } from './throttle/throttle.ts';
import type { Unsettled } from './unsettled.ts';
import { setOf } from './users/user-set.ts';

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

/** The header and the query option have the same effect. */
function isEventual({ headers }: Call, { ConsistencyLevel: option }: QueryOptions): boolean {
  return [headers['consistencylevel'], option].some((level) => level?.toLowerCase() === 'eventual');
}

/** Microsoft Graph, v1.0 and beta, for the users of one tenant. */
export function createGraphApi(options: GraphApiOptions): GraphApi {
  const { verifyAccessToken, clock, people, tenant, unitsPer10Seconds } = options;
  const directories = createDirectories(options);
  const throttle = createThrottle({ clock, users: () => people.size, unitsPer10Seconds });

  async function answer(call: Call, charged: (units: number) => void): Promise<Answer> {
    const document = answerDocument(call, options.origin());
    if (document !== undefined) return document;
    const verdict = await verifyAccessToken(call.headers['authorization']);
    const caller = requireValidToken(verdict, options.origin());
    const route = parseRoute(call.url.pathname);
    if (route.to === 'batch') {
      requireMethod(call, 'POST');
      return answerBatch(call, handle);
    }
    if (writingMethods.has(call.method)) requireWritingRole(caller);
    if (route.to === 'other') throw forbidden(route.resource);
    requireMethod(call, 'GET');
    if (route.to === 'subscribedSkus') requireSubscriptionRole(caller);
    else requireReadingRole(caller, isOfGroups(route) ? 'groups' : 'users');
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
    const given = answerTo(route, directories.of(route), {
      call,
      caller,
      options: query,
      eventual: isEventual(call, query),
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
      return setOf(route.set, directories.original).pages.read(0, Infinity, everyone).users();
    } catch (error) {
      throw error instanceof GraphError ? new TypeError(error.message, { cause: error }) : error;
    }
  }

  return {
    handle,
    groups: directories.original.groups.all,
    usersOf,
    throttle: () => throttle.ledger(),
    setLimit: (units) => {
      throttle.setLimit(units);
    },
    cookies: directories.original.cookies,
    unsettled: () => directories.original.unsettled,
    choose: directories.choose,
  };
}
