import { BodyError } from '../errors/body-error.ts';
import type { Log } from '../events.ts';
import type { Clock, HttpResponse } from '../ports.ts';
import { responseError } from './response-error.ts';
import { readGraphError, statusOfGraphCode } from './graph-error.ts';
import { parseJson } from './parse-json.ts';
import type { SendRequest, GraphRequest, Send } from './graph-request.ts';

export interface DecodeOptions {
  readonly clock: Clock;
  readonly log: Log;
  readonly adminConsentUrl?: string | undefined;
}

function parseBody(response: HttpResponse): unknown {
  const parsed = parseJson(response.body);
  if (typeof parsed !== 'string') return parsed.value;
  throw new BodyError(parsed, {
    status: response.status,
    length: response.body.length,
    contentType: response.headers['content-type'],
    requestId: response.headers['request-id'],
  });
}

function parseErrorBody(response: HttpResponse): unknown {
  try {
    return parseBody(response);
  } catch {
    return undefined;
  }
}

/** From an answer to what was asked for, or to the typed error that says why not. */
export function decode(next: SendRequest, { clock, log, adminConsentUrl }: DecodeOptions): Send {
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
    });
  return async <Result>(request: GraphRequest<Result>): Promise<Result> => {
    const response = await next(request);
    const { status, headers } = response;
    if (status < 200 || status > 299)
      throw failure(request, response, status, parseErrorBody(response));
    const body = parseBody(response);
    const type = headers['content-type'];
    if (type === undefined || !/^\s*(application\/json|text\/plain)\b/i.test(type))
      log('unexpected-content-type', { contentType: type, status });
    const facts = { status, headers, length: response.body.length };
    const graph = readGraphError(body);
    if (graph === undefined) return request.read(body, facts);
    // A success that carries an error is none: by its code, or else as a body that is not what was asked for.
    const meant = statusOfGraphCode(graph.code);
    if (meant !== undefined) throw failure(request, response, meant, body);
    throw new BodyError('shape', {
      status,
      length: facts.length,
      contentType: type,
      requestId: headers['request-id'],
    });
  };
}
