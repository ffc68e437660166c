import { BadRequestError } from '../errors/bad-request-error.ts';
import type { DirectoryError } from '../errors/directory-error.ts';
import { PermissionError } from '../errors/permission-error.ts';
import { ThrottledError } from '../errors/throttled-error.ts';
import { UnauthorizedError } from '../errors/unauthorized-error.ts';
import { UnavailableError } from '../errors/unavailable-error.ts';
import type { GraphError } from './graph-error.ts';
import { parseRetryAfter } from '../retry/retry-after.ts';
import { isRetriedStatus } from '../retry/retry-decision.ts';

export interface ResponseErrorContext {
  readonly adminConsentUrl?: string | undefined;
  /** The permissions that the request requires; {@link leastRole} when absent. */
  readonly needs?: readonly string[] | undefined;
  /** `Clock.wall()`. */
  readonly wall: number;
}

/** The least role that lists, gets and counts users (Graph's permission reference). */
const leastRole = 'User.Read.All';

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
  if (status === 401) return new UnauthorizedError(facts);
  if (status === 403)
    return new PermissionError({
      ...facts,
      missing: context.needs ?? [leastRole],
      adminConsentUrl: context.adminConsentUrl,
    });
  if (status === 429)
    return new ThrottledError({ ...facts, retryAfter, scope: headers['x-ms-throttle-scope'] });
  if (isRetriedStatus(status) || (status > 501 && status < 600))
    return new UnavailableError({ ...facts, retryAfter, retryable: isRetriedStatus(status) });
  return new BadRequestError({ ...facts, explanation: graph?.message });
}
