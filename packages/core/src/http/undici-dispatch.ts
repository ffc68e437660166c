import { createSecureContext, getCACertificates } from 'node:tls';

import { Agent, ProxyAgent, request as send, type Dispatcher } from 'undici';

import { BodyError } from '../errors/body-error.ts';
import { DirectoryError } from '../errors/directory-error.ts';
import { TimeoutError } from '../errors/timeout-error.ts';
import type { Dispatch, HttpRequest, HttpResponse } from '../ports.ts';
import type { Secret } from '../secret.ts';
import { acceptEncoding, decodeContent, decodeStart } from './content-decoding.ts';
import { endpointOf, networkFailure, type FailureContext } from './network-failure.ts';
import { createEarlyConnector } from './early-connection.ts';
import { bypassesProxy } from './no-proxy.ts';

export interface UndiciDispatchOptions {
  /** PEM certificates that are trusted in addition to those of Node. */
  readonly ca?: string | undefined;
  readonly proxy?: Secret | undefined;
  readonly noProxy?: string | undefined;
  /** The longest time without bytes within a response, in milliseconds. */
  readonly idleTimeout?: number | undefined;
  readonly connectTimeout?: number | undefined;
  /** One attempt, where the request names no limit of its own. */
  readonly totalTimeout?: number | undefined;
  /** Most bytes of a body, before and after decompression. */
  readonly bodyLimit?: number | undefined;
}

export interface UndiciDispatch extends AsyncDisposable {
  readonly dispatch: Dispatch;
  /**
   * Opens a connection to an origin for the first request to it. Does nothing when it was called before, and when
   * requests to the origin go through a proxy.
   */
  readonly connectEarly: (origin: URL) => void;
}

/** How much of a body its start is, as received: enough for a next link. Shorter bodies are complete soon. */
const startLength = 4096;
const errorBodyLimit = 64 * 1024;
/** `setTimeout` fires immediately for more than 2^31-1 ms. */
const longestTimer = 2 ** 31 - 1;

function flatten(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined) flat[name] = Array.isArray(value) ? value.join(', ') : value;
  return flat;
}

/**
 * Reads to the end, or to `limit` bytes and then closes the connection.
 * @param onStart called once with the first bytes
 */
async function readBody(
  body: Dispatcher.ResponseData['body'],
  limit: number,
  onStart?: (start: Buffer) => void,
): Promise<{ readonly bytes: Buffer; readonly cut: boolean }> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    const isStart = length < startLength && length + chunk.length >= startLength;
    length += chunk.length;
    if (isStart) onStart?.(Buffer.concat(chunks, length).subarray(0, startLength));
    // Leaving the loop destroys the body and with it the socket.
    if (length > limit) return { bytes: Buffer.concat(chunks, limit), cut: true };
  }
  const [only] = chunks;
  return {
    bytes: chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks, length),
    cut: false,
  };
}

/** Returns as much of an error's body as can be decoded. It is only quoted, so that an invalid body is not an error. */
function errorBody(bytes: Buffer, headers: Record<string, string>): Uint8Array {
  const decoded = decodeContent(bytes, headers['content-encoding'], errorBodyLimit * 16);
  return 'body' in decoded ? decoded.body.subarray(0, errorBodyLimit) : new Uint8Array();
}

function wholeBody(
  { bytes, cut }: { readonly bytes: Buffer; readonly cut: boolean },
  status: number,
  headers: Record<string, string>,
  limit: number,
): Uint8Array {
  const facts = {
    status,
    length: bytes.length,
    contentType: headers['content-type'],
    requestId: headers['request-id'],
  };
  if (cut) throw new BodyError('too-large', facts);
  const announced = headers['content-length'];
  if (announced !== undefined && Number(announced) !== bytes.length)
    throw new BodyError('length', facts);
  const decoded = decodeContent(bytes, headers['content-encoding'], limit);
  if ('body' in decoded) return decoded.body;
  throw new BodyError(decoded.fault, { ...facts, cause: decoded.cause });
}

/** Reads the body of a response with a status of 200 to 299, which must be complete. */
async function readResponse(
  response: Dispatcher.ResponseData,
  bodyLimit: number,
  signal: AbortSignal,
  onStart: HttpRequest['onStart'],
): Promise<HttpResponse> {
  const { statusCode: status } = response;
  const headers = flatten(response.headers);
  if (status >= 200 && status < 300) {
    const read = await readBody(response.body, bodyLimit, (bytes) => {
      const start = onStart && decodeStart(bytes, headers['content-encoding']);
      if (start !== undefined) onStart?.(start);
    });
    return { status, headers, body: wholeBody(read, status, headers, bodyLimit) };
  }
  const bytes = await readBody(response.body, errorBodyLimit).then(
    (read) => read.bytes,
    // The status alone is enough for the error; the body can be missing.
    () => Buffer.alloc(0),
  );
  signal.throwIfAborted();
  return { status, headers, body: errorBody(bytes, headers) };
}

/** A signal that is aborted after `limit` milliseconds or with the request. Dispose of it when the request is over. */
function timeLimit(
  { url, signal }: HttpRequest,
  limit: number,
): { readonly signal: AbortSignal } & Disposable {
  const stop = new AbortController();
  const onAbort = (): void => stop.abort(signal?.reason);
  signal?.addEventListener('abort', onAbort, { once: true });
  const timer = setTimeout(
    () => stop.abort(new TimeoutError(endpointOf(url), 'total', limit)),
    limit,
  );
  return {
    signal: stop.signal,
    [Symbol.dispose]() {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
    },
  };
}

/**
 * The real {@link Dispatch}: undici over HTTP/1.1 keep-alive connections. HTTP/2 is off because for few
 * connections and large pages it costs CPU and gains nothing.
 */
export function createUndiciDispatch(options: UndiciDispatchOptions = {}): UndiciDispatch {
  const {
    idleTimeout = 20_000,
    connectTimeout = 10_000,
    totalTimeout = 60_000,
    bodyLimit = 64 * 1024 * 1024,
  } = options;
  // `ca` replaces the list of Node, which is therefore part of it.
  const trust =
    options.ca === undefined
      ? {}
      : {
          secureContext: createSecureContext({
            ca: [...getCACertificates('default'), options.ca],
            minVersion: 'TLSv1.2',
          }),
        };
  const shared = {
    allowH2: false,
    headersTimeout: idleTimeout,
    bodyTimeout: idleTimeout,
    keepAliveTimeout: 30_000,
  };
  const connect = { ...trust, timeout: connectTimeout };
  const early = createEarlyConnector({ ...connect, allowH2: false });
  const direct = new Agent({ ...shared, connect: early.connect });
  const proxyUrl = options.proxy === undefined ? undefined : new URL(options.proxy.reveal());
  const proxied =
    proxyUrl === undefined
      ? undefined
      : new ProxyAgent({ ...shared, uri: proxyUrl.href, requestTls: connect, proxyTls: connect });

  async function dispatch(request: HttpRequest): Promise<HttpResponse> {
    request.signal?.throwIfAborted();
    const target = endpointOf(request.url);
    const viaProxy =
      proxied !== undefined &&
      request.direct !== true &&
      !bypassesProxy(request.url, options.noProxy);
    const context: FailureContext = {
      target,
      proxy: viaProxy && proxyUrl !== undefined ? endpointOf(proxyUrl) : undefined,
      idleTimeout,
      connectTimeout,
    };
    const limit = Math.min(request.timeout ?? totalTimeout, longestTimer);
    using stop = timeLimit(request, limit);
    try {
      const response = await send(request.url, {
        dispatcher: viaProxy ? proxied : direct,
        method: request.method,
        headers: { 'accept-encoding': acceptEncoding, ...request.headers },
        body: request.body ?? null,
        signal: stop.signal,
      });
      return await readResponse(response, bodyLimit, stop.signal, request.onStart);
    } catch (error) {
      request.signal?.throwIfAborted();
      if (error instanceof DirectoryError) throw error;
      if (stop.signal.aborted) throw stop.signal.reason;
      throw networkFailure(error, context);
    }
  }

  return {
    dispatch,
    connectEarly(origin) {
      if (proxied === undefined || bypassesProxy(origin, options.noProxy))
        early.connectEarly(origin);
    },
    async [Symbol.asyncDispose]() {
      early[Symbol.dispose]();
      // `destroy`, not `close`: the caller has finished or was interrupted and must not wait for a host that hangs.
      await Promise.all([direct.destroy(), proxied?.destroy()]);
    },
  };
}
