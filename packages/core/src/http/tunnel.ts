import { once } from 'node:events';
import { request as overHttp, type IncomingMessage } from 'node:http';
import { request as overTls } from 'node:https';
import type { Duplex } from 'node:stream';

import { DirectoryError } from '../errors/directory-error.ts';
import type { Endpoint } from '../errors/network-error.ts';
import { endpointOf } from './network-failure.ts';

export interface TunnelOptions {
  /** Certificates to trust where the proxy itself is reached over TLS. */
  readonly ca: readonly string[];
  readonly signal: AbortSignal;
}

/** What a proxy's answer to CONNECT asks for (RFC 9110 section 9.3.6: anything but 2xx means that there is no tunnel). */
function remedy(status: number, target: Endpoint, isNamed: boolean): string {
  if (status === 407 && isNamed)
    return 'Correct user and password in the URL of the proxy; characters such as @ or : are written as %40 and %3A there.';
  if (status === 407)
    return 'Put user and password of the proxy into its URL (HTTPS_PROXY=http://USER:PASSWORD@HOST:PORT).';
  if (status >= 500)
    return `Ask whoever runs the proxy whether it can reach ${target.host}, or list ${target.host} in NO_PROXY if no proxy is needed.`;
  return `Ask whoever runs the proxy to let CONNECT to ${target.host}:${target.port} through, or list ${target.host} in NO_PROXY if no proxy is needed.`;
}

function credentialsOf({ username, password }: URL): Record<string, string> {
  if (username === '' && password === '') return {};
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { 'proxy-authorization': `Basic ${Buffer.from(pair).toString('base64')}` };
}

/**
 * A connection to `target` through `proxy`.
 * @throws {DirectoryError} E_PROXY when the proxy declines, naming it without its user and password
 * @throws {Error} with the system's code when the proxy is not reached
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
  throw new DirectoryError(
    'E_PROXY',
    `The proxy ${by.host}:${by.port} does not let us through to ${authority} (it answers ${status} to CONNECT).`,
    { hint: remedy(status, target, proxy.username !== ''), retryable: false },
  );
}
