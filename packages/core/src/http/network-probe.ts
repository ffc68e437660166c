import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { connect as connectTcp, isIP } from 'node:net';
import { connect as connectTls, getCACertificates, type PeerCertificate } from 'node:tls';

import { DirectoryError } from '../errors/directory-error.ts';
import { ProxyError } from '../errors/proxy-error.ts';
import { TimeoutError } from '../errors/timeout-error.ts';
import type { Clock, Handshake, NetworkProbe } from '../ports.ts';
import { untilAborted } from '../until-aborted.ts';
import { endpointOf, networkFailure } from './network-failure.ts';
import { openTunnel } from './tunnel.ts';

export interface SystemProbeOptions {
  readonly clock: Clock;
  /** PEM certificates that are trusted in addition to those of Node. */
  readonly ca?: string | undefined;
  /** For each host, in milliseconds. */
  readonly patience?: number | undefined;
}

function nameOf({ O: organisation, CN: name }: PeerCertificate['issuer']): string {
  const names = [name, organisation].flat().filter((each) => each !== undefined);
  return [...new Set(names)].join(', ') || 'an unnamed authority';
}

/** Returns a host name for sockets: an IPv6 address without brackets. */
function withoutBrackets(host: string): string {
  return host.replace(/^\[(.*)\]$/u, '$1');
}

interface HandshakeContext {
  readonly clock: Clock;
  /** All trusted certificates, PEM. */
  readonly ca: string[];
  readonly proxy: URL | undefined;
  readonly signal: AbortSignal;
}

/** Opens a TCP connection to the host of `url`, through the proxy if there is one. */
async function connectHost(url: URL, { proxy, signal, ca }: HandshakeContext) {
  const target = endpointOf(url);
  if (proxy !== undefined) return await openTunnel(target, proxy, { ca, signal });
  const socket = connectTcp({ host: withoutBrackets(target.host), port: target.port, signal });
  await once(socket, 'connect');
  return socket;
}

/** Connects and performs a TLS handshake, and describes the certificate of the host. Sends nothing else. */
async function performHandshake(url: URL, context: HandshakeContext): Promise<Handshake> {
  const { clock, ca, signal } = context;
  const start = clock.monotonic();
  const connection = await connectHost(url, context);
  const connected = clock.monotonic();
  const host = withoutBrackets(url.hostname);
  const socket = connectTls({
    socket: connection,
    host,
    ...(isIP(host) === 0 ? { servername: host } : {}),
    ca,
    minVersion: 'TLSv1.2',
    // The caller decides by `distrust`: TLS does not give access to a certificate that it rejects.
    rejectUnauthorized: false,
  });
  // `once` handles the first error. A later one, such as that of the socket after a timeout, needs a listener too.
  for (const each of [socket, connection]) each.on('error', () => {});
  try {
    await once(socket, 'secureConnect', { signal });
    const certificate = socket.getPeerCertificate();
    return {
      protocol: socket.getProtocol() ?? 'TLS',
      issuer: nameOf(certificate.issuer),
      names: certificate.subjectaltname ?? nameOf(certificate.subject),
      validFrom: Date.parse(certificate.valid_from),
      validTo: Date.parse(certificate.valid_to),
      // The types of Node say Error; it is the code as text.
      distrust: socket.authorized ? undefined : String(socket.authorizationError),
      connect: connected - start,
      tls: clock.monotonic() - connected,
    };
  } finally {
    socket.destroy();
    connection.destroy();
  }
}

/** Creates the probe that uses the resolver of this machine, TCP and TLS. */
export function createNetworkProbe(options: SystemProbeOptions): NetworkProbe {
  const { clock, patience = 10_000 } = options;
  const ca = [...getCACertificates('default'), ...(options.ca === undefined ? [] : [options.ca])];
  return {
    async addresses(host, signal) {
      const found = await untilAborted(lookup(withoutBrackets(host), { all: true }), signal);
      return found.map(({ address }) => address);
    },
    async handshake(url, { proxy, signal }) {
      const target = endpointOf(url);
      const late = AbortSignal.timeout(patience);
      const by = proxy === undefined ? undefined : endpointOf(proxy);
      try {
        return await performHandshake(url, {
          clock,
          ca,
          proxy,
          signal: signal === undefined ? late : AbortSignal.any([signal, late]),
        });
      } catch (error) {
        signal?.throwIfAborted();
        if (error instanceof DirectoryError) throw error;
        if (late.aborted)
          throw by === undefined
            ? new TimeoutError(target, 'connect', patience, { cause: error })
            : new ProxyError(by, 'no answer', { retryable: true, cause: error });
        throw networkFailure(error, {
          target,
          proxy: by,
          idleTimeout: patience,
          connectTimeout: patience,
        });
      }
    },
  };
}
