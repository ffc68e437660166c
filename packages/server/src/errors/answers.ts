import {
  BadRequestError,
  DirectoryError,
  QueryError,
  ThrottledError,
  type ErrorCategory,
  type ErrorCode,
} from '@rollcall/core';

import { RequestError, type Answer } from './request-error.ts';

const internal: Answer = {
  status: 500,
  code: 'internal',
  graphCode: 'InternalServerError',
  title: 'The server failed',
  detail: 'Something went wrong here, not in your request. The log has it under the request id.',
};

const byCategory = {
  usage: {
    status: 400,
    code: 'bad_query',
    graphCode: 'BadRequest',
    title: 'The query cannot be answered',
    detail: 'The directory does not take this query.',
  },
  authentication: {
    status: 502,
    code: 'upstream_authentication',
    title: 'The directory did not accept our credential',
    detail: 'Ask the operator of this server to renew its credential. Your request is valid.',
  },
  permission: {
    status: 502,
    code: 'upstream_permission',
    title: 'The directory refuses us',
    detail: 'Ask the operator of this server to have admin consent granted. Your request is valid.',
  },
  service: {
    status: 503,
    code: 'upstream_unavailable',
    graphCode: 'serviceNotAvailable',
    title: 'The directory is not available',
    detail: 'The directory gave up after several attempts. Try again later.',
    retryAfter: 5,
  },
  integrity: {
    status: 502,
    code: 'upstream_refused',
    title: 'The directory gave an answer that we do not trust',
    detail: 'The answer was refused, and nothing of it was passed on.',
  },
  output: internal,
  'not-found': {
    status: 404,
    code: 'no_such_user',
    graphCode: 'Request_ResourceNotFound',
    title: 'User not found',
    detail: 'No user has this object id or userPrincipalName.',
  },
} satisfies Record<ErrorCategory, Answer>;

const timedOut: Answer = {
  status: 504,
  code: 'upstream_timeout',
  title: 'The directory took too long',
  detail: 'The response was not complete in time. Try again later, or request fewer users.',
};

const unreachable: Answer = {
  status: 502,
  code: 'upstream_unreachable',
  title: 'The directory cannot be reached',
  detail: 'No connection to the directory could be made. Try again later.',
};

/** Where one category is more than one answer to a caller. */
const byCode: Partial<Record<ErrorCode, Answer>> = {
  // The settings are ours, not the caller's.
  E_SETTINGS: internal,
  // Their wait is not ours to pass on as a 429: it is the application that was throttled, not the caller.
  E_THROTTLED: {
    status: 503,
    code: 'upstream_throttled',
    graphCode: 'serviceNotAvailable',
    title: 'The directory asks us to wait',
    detail: 'The directory throttles this application. Try again after the time given.',
    retryAfter: 30,
  },
  E_TIMEOUT: timedOut,
  E_DEADLINE: timedOut,
  E_NETWORK: unreachable,
  E_PROXY: unreachable,
};

const badPath: Answer = {
  status: 400,
  code: 'bad_path',
  graphCode: 'BadRequest',
  title: 'The path cannot be read',
  detail: 'The path is not valid percent-encoded UTF-8.',
};

/** Graph's codes for what is wrong with a query: with these, its explanation is about what the caller wrote. */
const explained = new Set([
  'BadRequest',
  'Directory_ExpiredPageToken',
  'NotImplemented',
  'Request_BadRequest',
  'Request_UnsupportedQuery',
]);

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
  const answer = byCode[error.code] ?? byCategory[error.category];
  return error instanceof ThrottledError && error.retryAfter !== undefined
    ? { ...answer, retryAfter: Math.ceil(error.retryAfter / 1_000) }
    : answer;
}

/**
 * The one place where an error becomes a status. Everything it does not know is our own fault: 500, and no word why.
 */
export function answerTo(error: unknown): Answer {
  if (error instanceof RequestError) return error.answer;
  if (error instanceof DirectoryError) return toDirectoryError(error);
  if (error instanceof DOMException && error.name === 'TimeoutError') return timedOut;
  // Express decodes the path itself and throws this.
  if (error instanceof URIError) return badPath;
  return internal;
}
