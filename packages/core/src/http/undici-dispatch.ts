import { createSecureContext, getCACertificates } from 'node:tls';

import { Agent, ProxyAgent, request as send, type Dispatcher } from 'undici';

import { BodyError } from '../errors/body-error.ts';
import { DirectoryError } from '../errors/directory-error.ts';
import { TimeoutError } from '../errors/timeout-error.ts';
import type { Dispatch, HttpRequest, HttpResponse } from '../ports.ts';
import type { Secret } from '../secret.ts';
import { acceptEncoding, decodeContent } from './content-decoding.ts';
import { endpointOf, networkFailure, type FailureContext } from './network-failure.ts';
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
}

const errorBodyLimit = 64 * 1024;
/** setTimeout over 2^31-1 ms fires at once. */
const longestTimer = 2 ** 31 - 1;

function flatten(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined) flat[name] = Array.isArray(value) ? value.join(', ') : value;
  return flat;
}

/** Reads to the end or to `limit` bytes, then hangs up. */
async function readBody(
  body: Dispatcher.ResponseData['body'],
  limit: number,
): Promise<{ readonly bytes: Buffer; readonly cut: boolean }> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    length += chunk.length;
    // Leaving the loop destroys the body and with it the socket.
    if (length > limit) return { bytes: Buffer.concat(chunks, limit), cut: true };
  }
  const [only] = chunks;
  return {
    bytes: chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks, length),
    cut: false,
  };
}

/** The body of an error is only ever quoted: as much of it as there is, and never a fault of its own. */
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
  // A `ca` of our own would replace Node's list, so that list is part of it.
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
  const direct = new Agent({ ...shared, connect });
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
    const stop = new AbortController();
    const onAbort = (): void => stop.abort(request.signal?.reason);
    request.signal?.addEventListener('abort', onAbort, { once: true });
    const timer = setTimeout(() => stop.abort(new TimeoutError(target, 'total', limit)), limit);
    try {
      const response = await send(request.url, {
        dispatcher: viaProxy ? proxied : direct,
        method: request.method,
        headers: { 'accept-encoding': acceptEncoding, ...request.headers },
        body: request.body ?? null,
        signal: stop.signal,
      });
      const { statusCode: status } = response;
      const headers = flatten(response.headers);
      if (status >= 200 && status < 300) {
        const read = await readBody(response.body, bodyLimit);
        return { status, headers, body: wholeBody(read, status, headers, bodyLimit) };
      }
      const bytes = await readBody(response.body, errorBodyLimit).then(
        (read) => read.bytes,
        // The status is the news; a body that broke off adds nothing to it.
        () => Buffer.alloc(0),
      );
      stop.signal.throwIfAborted();
      return { status, headers, body: errorBody(bytes, headers) };
    } catch (error) {
      request.signal?.throwIfAborted();
      if (error instanceof DirectoryError) throw error;
      if (stop.signal.aborted) throw stop.signal.reason;
      throw networkFailure(error, context);
    } finally {
      clearTimeout(timer);
      request.signal?.removeEventListener('abort', onAbort);
    }
  }

  return {
    dispatch,
    async [Symbol.asyncDispose]() {
      // `destroy`, not `close`: the caller has finished or was interrupted and must not wait for a host that hangs.
      await Promise.all([direct.destroy(), proxied?.destroy()]);
    },
  };
}
