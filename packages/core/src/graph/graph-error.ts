import { safeText } from '../safe-text.ts';

/** The error in a body of Graph. Every field is optional, because gateways respond with other bodies. */
export interface GraphError {
  readonly code?: string | undefined;
  readonly message?: string | undefined;
}

const longestText = 300;

function asObject(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

function safeTextOf(value: unknown, longest: number): string | undefined {
  if (typeof value !== 'string' || value === '') return undefined;
  return safeText(value.slice(0, longest));
}

/** Reads `{"error":{"code","message"}}`; undefined when the body has no such object. */
export function readGraphError(body: unknown): GraphError | undefined {
  const error = asObject(asObject(body)?.['error']);
  if (error === undefined) return undefined;
  return {
    code: safeTextOf(error['code'], 100),
    message: safeTextOf(error['message'], longestText),
  };
}

/** The status that a code means, for responses with a different status. */
const statusByCode: Readonly<Record<string, number>> = {
  TooManyRequests: 429,
  activityLimitReached: 429,
  serviceNotAvailable: 503,
  ServiceUnavailable: 503,
  generalException: 500,
  InternalServerError: 500,
  UnknownError: 500,
  Authorization_RequestDenied: 403,
  accessDenied: 403,
  InvalidAuthenticationToken: 401,
  unauthenticated: 401,
  Request_ResourceNotFound: 404,
  itemNotFound: 404,
  Request_BadRequest: 400,
  Request_UnsupportedQuery: 400,
  BadRequest: 400,
  invalidRequest: 400,
  NotImplemented: 501,
};

export function statusOfGraphCode(code: string | undefined): number | undefined {
  return code === undefined || !Object.hasOwn(statusByCode, code) ? undefined : statusByCode[code];
}

/**
 * Whether Graph rejects a request because it has to be an advanced query. Graph has no code for that, but the text
 * names the header: "Try adding $count=true query parameter and ConsistencyLevel:eventual header". A wrong guess
 * costs one request.
 */
export function requiresAdvancedQuery(message: string | undefined): boolean {
  return /ConsistencyLevel/iu.test(message ?? '');
}

/**
 * Whether Graph rejects a request because of its page size. Graph has no code for that: `Request_UnsupportedQuery` is
 * used for many reasons, so that its text must be matched ("Invalid page size specified: '1000'", "Cannot query data
 * for more than 120 users at a time"). A wrong guess costs five requests.
 */
export function complainsAboutPageSize(message: string | undefined): boolean {
  return /page size|\$top|users at a time/iu.test(message ?? '');
}
