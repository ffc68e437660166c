import { BodyError } from '../errors/body-error.ts';
import { GatewayError } from '../errors/gateway-error.ts';
import type { Log } from '../events.ts';
import type { Clock, HttpResponse } from '../ports.ts';
import { isOfGraph, responseError } from './response-error.ts';
import { readGraphError, statusOfGraphCode } from './graph-error.ts';
import { type ParsedBody, parseJson } from './parse-json.ts';
import type { GraphRequest, SendAttempt, SendRequest } from './graph-request.ts';

export interface DecodeOptions {
  readonly clock: Clock;
  readonly log: Log;
  readonly adminConsentUrl?: string | undefined;
}

/** Whether a body is a page for a browser, such as a web filter returns. */
function isHtml({ body }: HttpResponse): boolean {
  return /^\s*<(?:!doctype|html)\b/iu.test(Buffer.from(body.subarray(0, 200)).toString('latin1'));
}

function parseBody(response: HttpResponse, isPage?: boolean): ParsedBody {
  const parsed = parseJson(response.body, isPage);
  if (typeof parsed !== 'string') return parsed;
  // Retried: the page of a captive portal can be gone at the next attempt.
  if (isHtml(response))
    throw new GatewayError({
      status: response.status,
      contentType: response.headers['content-type'],
      retryable: true,
    });
  throw new BodyError(parsed, {
    status: response.status,
    length: response.body.length,
    contentType: response.headers['content-type'],
    requestId: response.headers['request-id'],
  });
}

function parseErrorBody(response: HttpResponse): unknown {
  try {
    return parseBody(response).value;
  } catch {
    return undefined;
  }
}

/** Turns a response into the result of its request, or into the typed error that says why there is none. */
export function decode(
  next: SendRequest,
  { clock, log, adminConsentUrl }: DecodeOptions,
): SendAttempt {
  const failure = (
    { needs }: Pick<GraphRequest<unknown>, 'needs'>,
    response: HttpResponse,
    status: number,
    body: unknown,
  ): Error =>
    responseError(status, response.headers, readGraphError(body), {
      wall: clock.wall(),
      adminConsentUrl,
      needs,
      roles: response.roles,
      isOfGraph: isOfGraph(response),
    });
  return async <Result>(request: GraphRequest<Result>, attempt: number): Promise<Result> => {
    const response = await next(request);
    const { status, headers } = response;
    if (status < 200 || status > 299)
      throw failure(request, response, status, parseErrorBody(response));
    const type = headers['content-type'];
    const { value: body, objects } = parseBody(response, request.isPage);
    if (type === undefined || !/^\s*(application\/json|text\/plain)\b/i.test(type))
      log('unexpected-content-type', { contentType: type, status });
    const { roles } = response;
    const info = { status, headers, length: response.body.length, attempt, roles, objects };
    const graph = readGraphError(body);
    if (graph === undefined) return request.read(body, info);
    // A success status with an error in its body is a failure: of the status that the code implies, or of the
    // structure.
    const implied = statusOfGraphCode(graph.code);
    if (implied !== undefined) throw failure(request, response, implied, body);
    throw new BodyError('shape', {
      status,
      length: info.length,
      contentType: type,
      requestId: headers['request-id'],
    });
  };
}
