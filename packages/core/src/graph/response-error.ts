import { AccessDeniedError } from '../errors/access-denied-error.ts';
import type { ExplainedFacts } from '../errors/service-facts.ts';
import { BadRequestError } from '../errors/bad-request-error.ts';
import type { DirectoryError } from '../errors/directory-error.ts';
import { GatewayError } from '../errors/gateway-error.ts';
import { PermissionError } from '../errors/permission-error.ts';
import { ThrottledError } from '../errors/throttled-error.ts';
import { UnauthorizedError } from '../errors/unauthorized-error.ts';
import { UnavailableError } from '../errors/unavailable-error.ts';
import type { HttpResponse } from '../ports.ts';
import { type GraphError, readGraphError } from './graph-error.ts';
import { parseRetryAfter } from '../retry/retry-after.ts';
import { isRetriedStatus } from '../retry/retry-decision.ts';

export interface ResponseErrorContext {
  readonly adminConsentUrl?: string | undefined;
  /** The permissions that the request requires; {@link leastRole} when absent. */
  readonly needs?: readonly string[] | undefined;
  /** `Clock.wall()`. */
  readonly wall: number;
  /** The roles of the token, if they are known. */
  readonly roles?: readonly string[] | undefined;
  /** Whether Graph itself responded; true when absent. */
  readonly isOfGraph?: boolean | undefined;
}

/** The least role that lists, gets and counts users (Graph's permission reference). */
const leastRole = 'User.Read.All';

/** The codes of a 403 that is about permissions. */
const permissionCodes: ReadonlySet<string> = new Set([
  'Authorization_RequestDenied',
  'Authentication_MSGraphPermissionMissing',
]);

/** Statuses with which proxies and web filters refuse requests. Their 5xx responses are retried like those of Graph. */
const foreignStatuses: ReadonlySet<number> = new Set([401, 403, 404, 407, 410, 414]);

/** Whether Graph responded: it sends its request id with each response, or at least its error body. */
export function isOfGraph({ headers, body }: Pick<HttpResponse, 'headers' | 'body'>): boolean {
  if (headers['request-id'] !== undefined || headers['x-ms-ags-diagnostic'] !== undefined)
    return true;
  try {
    return readGraphError(JSON.parse(Buffer.from(body).toString('utf8'))) !== undefined;
  } catch {
    return false;
  }
}

/** Without a code, a missing permission is the most frequent reason. A role that the token has is not missing. */
function forbiddenError(
  facts: ExplainedFacts,
  { needs = [leastRole], roles = [], adminConsentUrl }: ResponseErrorContext,
): DirectoryError {
  const { explanation: _, ...rest } = facts;
  const { graphCode } = facts;
  const missing = needs.filter((role) => !roles.includes(role));
  const isPermission = graphCode === undefined || permissionCodes.has(graphCode);
  return isPermission && missing.length > 0
    ? new PermissionError({ ...rest, missing, adminConsentUrl })
    : new AccessDeniedError(facts);
}

/** Returns the typed error for a response without a success status. */
export function responseError(
  status: number,
  headers: Readonly<Record<string, string>>,
  graph: GraphError | undefined,
  context: ResponseErrorContext,
): DirectoryError {
  const facts = {
    status,
    graphCode: graph?.code,
    requestId: headers['request-id'],
    clientRequestId: headers['client-request-id'],
  };
  const retryAfter = parseRetryAfter(headers, context.wall);
  if (context.isOfGraph === false && foreignStatuses.has(status))
    return new GatewayError({ status, contentType: headers['content-type'] });
  if (status === 401) return new UnauthorizedError(facts);
  if (status === 403) return forbiddenError({ ...facts, explanation: graph?.message }, context);
  if (status === 429)
    return new ThrottledError({ ...facts, retryAfter, scope: headers['x-ms-throttle-scope'] });
  if (isRetriedStatus(status) || (status > 501 && status < 600))
    return new UnavailableError({ ...facts, retryAfter, retryable: isRetriedStatus(status) });
  return new BadRequestError({ ...facts, explanation: graph?.message });
}
