import {
  AccessDeniedError,
  BadRequestError,
  CircuitOpenError,
  DeadlineError,
  DirectoryError,
  QueryError,
  ThrottledError,
  TokenEndpointError,
  UnavailableError,
  type ErrorCategory,
  type ErrorCode,
} from '@rollcall/core';

import { RequestError, type Answer } from './request-error.ts';

const internal: Answer = {
  status: 500,
  code: 'internal',
  graphCode: 'InternalServerError',
  title: 'Internal server error',
  detail:
    'The server failed; your request is valid. The log of the server contains the error under the request ID.',
};

const byCategory = {
  usage: {
    status: 400,
    code: 'bad_query',
    graphCode: 'BadRequest',
    title: 'Invalid query',
    detail: 'Microsoft Graph rejected the query.',
  },
  authentication: {
    status: 502,
    code: 'upstream_authentication',
    title: 'Sign-in of the server failed',
    detail: 'Ask the operator of this server to renew its credential. Your request is valid.',
  },
  permission: {
    status: 502,
    code: 'upstream_permission',
    title: 'Permission of the server is missing',
    detail: 'Ask the operator of this server to have admin consent granted. Your request is valid.',
  },
  service: {
    status: 503,
    code: 'upstream_unavailable',
    graphCode: 'serviceNotAvailable',
    title: 'Microsoft Graph is unavailable',
    detail: 'Several attempts failed. Try again later.',
    retryAfter: 5,
  },
  integrity: {
    status: 502,
    code: 'upstream_refused',
    title: 'Microsoft Graph returned an invalid response',
    detail: 'The response failed an integrity check. None of it was passed on.',
  },
  output: internal,
  'not-found': {
    status: 404,
    code: 'no_such_user',
    graphCode: 'Request_ResourceNotFound',
    title: 'User not found',
    detail: 'No user has this object ID or userPrincipalName.',
  },
} satisfies Record<ErrorCategory, Answer>;

const timedOut: Answer = {
  status: 504,
  code: 'upstream_timeout',
  title: 'Timeout',
  detail: 'The response was not complete in time. Try again later, or request fewer users.',
};

const unreachable: Answer = {
  status: 502,
  code: 'upstream_unreachable',
  title: 'Microsoft Graph cannot be reached',
  detail: 'The connection to Microsoft Graph failed. Try again later.',
};

/** Not a 429: Graph throttles the application of the server, not the caller. */
const throttled: Answer = {
  status: 503,
  code: 'upstream_throttled',
  graphCode: 'serviceNotAvailable',
  title: 'Microsoft Graph throttles the server',
  detail: 'Try again after the time in Retry-After.',
  retryAfter: 30,
};

/** The codes whose response differs from that of their category. */
const byCode: Partial<Record<ErrorCode, Answer>> = {
  // The settings belong to the server, not to the caller.
  E_SETTINGS: internal,
  E_THROTTLED: throttled,
  E_TIMEOUT: timedOut,
  E_DEADLINE: timedOut,
  E_NETWORK: unreachable,
  E_PROXY: unreachable,
};

/** What the parser of bodies throws, by its status. */
const badBody: Readonly<Record<number, Answer>> = {
  400: {
    status: 400,
    code: 'bad_body',
    graphCode: 'BadRequest',
    title: 'Invalid body',
    detail: 'The body is not valid JSON.',
  },
  413: {
    status: 413,
    code: 'body_too_long',
    graphCode: 'BadRequest',
    title: 'Body too long',
    detail: 'The body exceeds the limit of this server.',
  },
  415: {
    status: 415,
    code: 'unsupported_encoding',
    graphCode: 'BadRequest',
    title: 'Unsupported encoding',
    detail: 'Send the body in UTF-8, without compression or with gzip.',
  },
};

/** Returns the response for an error of the parser of bodies. */
function answerToBody(error: unknown): Answer | undefined {
  const { status, type } = error as { readonly status?: number; readonly type?: string };
  return typeof type === 'string' && status !== undefined ? badBody[status] : undefined;
}

const badPath: Answer = {
  status: 400,
  code: 'bad_path',
  graphCode: 'BadRequest',
  title: 'Invalid path',
  detail: 'The path is not valid percent-encoded UTF-8.',
};

/** Graph's codes for invalid queries. With these, its explanation is about the query of the caller. */
const explained = new Set([
  'BadRequest',
  'Directory_ExpiredPageToken',
  'NotImplemented',
  'Request_BadRequest',
  'Request_UnsupportedQuery',
]);

/** Graph's codes of a 403 that depends on the query of the caller. */
const passedOn = new Set(['Authentication_RequestFromNonPremiumTenantOrB2CTenant']);

/** The errors of services that ask to wait: Graph, and the token endpoint. */
const waits = [ThrottledError, UnavailableError, TokenEndpointError, CircuitOpenError];

function toDirectoryError(error: DirectoryError): Answer {
  if (error instanceof QueryError)
    return {
      ...byCategory.usage,
      detail: error.issues.map(({ part, message }) => `${part}: ${message}`).join('; '),
    };
  if (error instanceof BadRequestError) {
    if (!explained.has(error.graphCode ?? '')) return byCategory.integrity;
    return {
      ...byCategory.usage,
      graphCode: error.graphCode,
      detail: error.explanation ?? byCategory.usage.detail,
    };
  }
  if (error instanceof AccessDeniedError && passedOn.has(error.graphCode ?? ''))
    return {
      ...byCategory.permission,
      status: 403,
      code: 'denied_by_graph',
      graphCode: error.graphCode,
      title: 'Microsoft Graph denied the query',
      detail: error.explanation ?? 'Microsoft Graph denied the query for this tenant.',
    };
  const { retryAfter } = error as { readonly retryAfter?: number | undefined };
  if (error instanceof DeadlineError && retryAfter !== undefined)
    return { ...throttled, retryAfter: Math.ceil(retryAfter / 1_000) };
  const answer = byCode[error.code] ?? byCategory[error.category];
  const isWait = waits.some((kind) => error instanceof kind);
  return isWait && retryAfter !== undefined
    ? { ...answer, retryAfter: Math.ceil(retryAfter / 1_000) }
    : answer;
}

/**
 * Returns the response for an error. An unknown error is a bug of the server: 500, without its message.
 */
export function answerTo(error: unknown): Answer {
  if (error instanceof RequestError) return error.answer;
  if (error instanceof DirectoryError) return toDirectoryError(error);
  if (error instanceof DOMException && error.name === 'TimeoutError') return timedOut;
  // Express decodes the path itself and throws this.
  if (error instanceof URIError) return badPath;
  return (error instanceof Error ? answerToBody(error) : undefined) ?? internal;
}
