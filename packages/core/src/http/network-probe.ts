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

/** The machine's own resolver, TCP and TLS. */
export function createNetworkProbe(options: SystemProbeOptions): NetworkProbe {
  const { clock, patience = 10_000 } = options;
  const ca = [...getCACertificates('default'), ...(options.ca === undefined ? [] : [options.ca])];

  async function reach(url: URL, proxy: URL | undefined, signal: AbortSignal) {
    const target = endpointOf(url);
    if (proxy !== undefined) return await openTunnel(target, proxy, { ca, signal });
    const host = target.host.replace(/^\[(.*)\]$/u, '$1');
    const socket = connectTcp({ host, port: target.port, signal });
    await once(socket, 'connect');
    return socket;
  }

  async function shake(url: URL, proxy: URL | undefined, signal: AbortSignal): Promise<Handshake> {
    const start = clock.monotonic();
    const wire = await reach(url, proxy, signal);
    const reached = clock.monotonic();
    const host = url.hostname.replace(/^\[(.*)\]$/u, '$1');
    const socket = connectTls({
      socket: wire,
      host,
      ...(isIP(host) === 0 ? { servername: host } : {}),
      ca,
      minVersion: 'TLSv1.2',
      // Judged by `distrust`: a certificate that is refused at once cannot be described any more. Nothing is sent.
      rejectUnauthorized: false,
    });
    // `once` handles the first error. A later one, such as that of the socket after a timeout, needs a listener too.
    for (const each of [socket, wire]) each.on('error', () => {});
    try {
      await once(socket, 'secureConnect', { signal });
      const certificate = socket.getPeerCertificate();
      return {
        protocol: socket.getProtocol() ?? 'TLS',
        issuer: nameOf(certificate.issuer),
        names: certificate.subjectaltname ?? nameOf(certificate.subject),
        validFrom: Date.parse(certificate.valid_from),
        validTo: Date.parse(certificate.valid_to),
        // Node calls it an Error, and gives the code as text.
        distrust: socket.authorized ? undefined : String(socket.authorizationError),
        connect: reached - start,
        tls: clock.monotonic() - reached,
      };
    } finally {
      socket.destroy();
      wire.destroy();
    }
  }

  return {
    async addresses(host, signal) {
      const bare = host.replace(/^\[(.*)\]$/u, '$1');
      const found = await untilAborted(lookup(bare, { all: true }), signal);
      return found.map(({ address }) => address);
    },
    async handshake(url, { proxy, signal }) {
      const target = endpointOf(url);
      const late = AbortSignal.timeout(patience);
      const by = proxy === undefined ? undefined : endpointOf(proxy);
      try {
        return await shake(
          url,
          proxy,
          signal === undefined ? late : AbortSignal.any([signal, late]),
        );
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
