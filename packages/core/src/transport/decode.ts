import { BodyError } from '../errors/body-error.ts';
import type { Clock, HttpResponse, Log } from '../ports.ts';
import { answerError } from './answer-error.ts';
import { readGraphError, statusOfGraphCode } from './graph-error.ts';
import { scanJson } from './scan-json.ts';
import type { Exchange, Question, Send } from './send.ts';

export interface DecodeOptions {
  readonly clock: Clock;
  readonly log: Log;
  readonly adminConsentUrl?: string | undefined;
}

// Strict: a replacement character in a name would be a silent loss. The decoder strips a BOM by itself.
const strictUtf8 = new TextDecoder('utf-8', { fatal: true });

function parseBody(response: HttpResponse): unknown {
  const facts = {
    status: response.status,
    length: response.body.length,
    contentType: response.headers['content-type'],
    requestId: response.headers['request-id'],
  };
  let text: string;
  try {
    text = strictUtf8.decode(response.body);
  } catch (error) {
    throw new BodyError('encoding', { ...facts, cause: error });
  }
  const fault = scanJson(response.body);
  if (fault !== undefined) throw new BodyError(fault, facts);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // Without the cause: V8 quotes the body in its message.
    throw new BodyError('not-json', facts);
  }
}

function parseErrorBody(response: HttpResponse): unknown {
  try {
    return parseBody(response);
  } catch {
    return undefined;
  }
}

/** From an answer to what was asked for, or to the typed error that says why not. */
export function decode(next: Exchange, { clock, log, adminConsentUrl }: DecodeOptions): Send {
  const failure = (response: HttpResponse, status: number, body: unknown): Error =>
    answerError(status, response.headers, readGraphError(body), {
      wall: clock.wall(),
      adminConsentUrl,
    });
  return async <Answer>(question: Question<Answer>): Promise<Answer> => {
    const response = await next(question);
    const { status, headers } = response;
    if (status < 200 || status > 299) throw failure(response, status, parseErrorBody(response));
    const body = parseBody(response);
    const type = headers['content-type'];
    if (type === undefined || !/^\s*(application\/json|text\/plain)\b/i.test(type))
      log('warn', 'unexpected-content-type', { contentType: type, status });
    const facts = { status, headers, length: response.body.length };
    const graph = readGraphError(body);
    if (graph === undefined) return question.read(body, facts);
    // A success that carries an error is none: by its code, or else as a body that is not what was asked for.
    const meant = statusOfGraphCode(graph.code);
    if (meant !== undefined) throw failure(response, meant, body);
    throw new BodyError('shape', {
      status,
      length: facts.length,
      contentType: type,
      requestId: headers['request-id'],
    });
  };
}
