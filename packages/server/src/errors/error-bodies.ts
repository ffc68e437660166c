import type { Answer } from './request-error.ts';

export interface ErrorBody {
  readonly contentType: string;
  readonly body: unknown;
}

/** Graph's error body, as its own clients parse it. */
function graphError(answer: Answer, requestId: string, clientRequestId: string): ErrorBody {
  return {
    contentType: 'application/json; charset=utf-8',
    body: {
      error: {
        code: answer.graphCode ?? answer.code,
        message: answer.detail,
        innerError: {
          // Graph writes its dates without a zone.
          date: new Date().toISOString().slice(0, 19),
          'request-id': requestId,
          'client-request-id': clientRequestId,
        },
      },
    },
  };
}

/** RFC 9457. The type is a URN, so that no host is promised. */
function problem(answer: Answer, requestId: string): ErrorBody {
  return {
    contentType: 'application/problem+json; charset=utf-8',
    body: {
      type: `urn:rollcall:problem:${answer.code}`,
      title: answer.title,
      status: answer.status,
      detail: answer.detail,
      instance: `urn:uuid:${requestId}`,
      code: answer.code,
    },
  };
}

/** Returns the body of an error response. @param path the path of the request: `/v1.0` has the format of Graph */
export function errorBody(
  path: string,
  answer: Answer,
  ids: { readonly requestId: string; readonly clientRequestId: string },
): ErrorBody {
  return path === '/v1.0' || path.startsWith('/v1.0/')
    ? graphError(answer, ids.requestId, ids.clientRequestId)
    : problem(answer, ids.requestId);
}
