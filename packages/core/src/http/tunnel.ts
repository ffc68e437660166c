import { once } from 'node:events';
import { request as overHttp, type IncomingMessage } from 'node:http';
import { request as overTls } from 'node:https';
import type { Duplex } from 'node:stream';

import type { Endpoint } from '../errors/network-error.ts';
import { ProxyError } from '../errors/proxy-error.ts';
import { endpointOf } from './network-failure.ts';

export interface TunnelOptions {
  /** CA certificates for a proxy that is itself reached over TLS. */
  readonly ca: readonly string[];
  readonly signal: AbortSignal;
}

/** What to do about a status for CONNECT (RFC 9110 section 9.3.6: any status but 2xx means that there is no tunnel). */
function hintFor(status: number, target: Endpoint, hasUser: boolean): string {
  const exception = `list ${target.host} in NO_PROXY if no proxy is needed`;
  if (status === 407 && hasUser)
    return 'Correct the user and password in the URL of the proxy. Write special characters percent-encoded, such as %40 for @ and %3A for a colon.';
  if (status === 407)
    return 'Add the user and password of the proxy to its URL (HTTPS_PROXY=http://USER:PASSWORD@HOST:PORT).';
  if (status >= 500)
    return `Ask the administrator of the proxy whether it can reach ${target.host}, or ${exception}.`;
  return `Ask the administrator of the proxy to allow CONNECT to ${target.host}:${target.port}, or ${exception}.`;
}

function credentialsOf({ username, password }: URL): Record<string, string> {
  if (username === '' && password === '') return {};
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { 'proxy-authorization': `Basic ${Buffer.from(pair).toString('base64')}` };
}

/**
 * Opens a connection to `target` through `proxy`.
 * @throws {ProxyError} when the proxy refuses the connection; names the proxy without its user and password
 * @throws {Error} with the code of the system when the proxy cannot be reached
 */
export async function openTunnel(
  target: Endpoint,
  proxy: URL,
  { ca, signal }: TunnelOptions,
): Promise<Duplex> {
  const by = endpointOf(proxy);
  const authority = `${target.host}:${target.port}`;
  const request = (proxy.protocol === 'https:' ? overTls : overHttp)({
    method: 'CONNECT',
    host: by.host.replace(/^\[(.*)\]$/u, '$1'),
    port: by.port,
    path: authority,
    headers: { host: authority, ...credentialsOf(proxy) },
    agent: false,
    signal,
    ...(proxy.protocol === 'https:' ? { ca: [...ca] } : {}),
  });
  request.end();
  const [{ statusCode: status = 0 }, socket] = (await once(request, 'connect')) as [
    IncomingMessage,
    Duplex,
  ];
  if (status >= 200 && status < 300) return socket;
  socket.destroy();
  throw new ProxyError(by, String(status), {
    message: `The proxy ${by.host}:${by.port} refused the connection to ${authority} (status ${status} for CONNECT).`,
    hint: hintFor(status, target, proxy.username !== ''),
    retryable: false,
  });
}
