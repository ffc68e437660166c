import { BodyError } from '../errors/body-error.ts';
import type { DirectoryError } from '../errors/directory-error.ts';
import { NetworkError, type Endpoint } from '../errors/network-error.ts';
import { ProxyError } from '../errors/proxy-error.ts';
import { TimeoutError } from '../errors/timeout-error.ts';
import { TlsError } from '../errors/tls-error.ts';

export interface FailureContext {
  readonly target: Endpoint;
  /** Set when the request went through a proxy: then only the proxy was contacted. */
  readonly proxy?: Endpoint | undefined;
  readonly idleTimeout: number;
  readonly connectTimeout: number;
}

/** Host and port of a URL, as errors name it. */
export function endpointOf(url: URL): Endpoint {
  const port = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
  return { host: url.hostname, port };
}

const tlsCode =
  /^(CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_|HOSTNAME_MISMATCH|EPROTO$|UND_ERR_PRX_TLS$)/;
const proxyCode =
  /^(UND_ERR_PRX_CONN|UND_ERR_ABORTED|UND_ERR_INVALID_ARG|ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EAI_FAIL|EHOSTUNREACH|ENETUNREACH)$/;
/** Errors that a retry does not change: the proxy rejected CONNECT with a status. */
const proxyRefusal = /^UND_ERR_(ABORTED|INVALID_ARG)$/;

/** The code of an error, or of the first error inside it that has one. */
function codeOf(error: unknown, depth = 4): string | undefined {
  if (!(error instanceof Error) || depth === 0) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  if (error instanceof AggregateError) return codeOf(error.errors[0], depth - 1);
  return codeOf(error.cause, depth - 1);
}

/**
 * Says in our words what the socket, TLS or undici threw. Branches on codes only: messages are for people and
 * change between versions.
 */
export function networkFailure(error: unknown, context: FailureContext): DirectoryError {
  const code = codeOf(error) ?? 'UNKNOWN';
  const { target, proxy } = context;
  if (tlsCode.test(code)) return new TlsError(target, code, { cause: error });
  if (code === 'UND_ERR_CONNECT_TIMEOUT')
    return proxy === undefined
      ? new TimeoutError(target, 'connect', context.connectTimeout, { cause: error })
      : new ProxyError(proxy, code, { retryable: true, cause: error });
  if (code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT')
    return new TimeoutError(target, 'idle', context.idleTimeout, { cause: error });
  if (code === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH')
    return new BodyError('length', { status: 200, length: 0, cause: error });
  if (proxy !== undefined && proxyCode.test(code))
    return new ProxyError(proxy, code, { retryable: !proxyRefusal.test(code), cause: error });
  return new NetworkError(target, code, { cause: error });
}
