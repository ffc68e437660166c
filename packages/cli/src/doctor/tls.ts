import { once } from 'node:events';
import { connect, type TLSSocket } from 'node:tls';

import { authorities, behindProxy, hops, hostOf, isAddress, type Hop } from './hop.ts';
import { known, type Step } from './step.ts';
import { Unwell } from './unwell.ts';

const patience = 10_000;
const networkFailures: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ABORT_ERR',
]);

function unwell(hop: Hop, cause: unknown): Unwell {
  const { code = 'unknown' } = cause as { readonly code?: string };
  return networkFailures.has(code)
    ? new Unwell(
        'service',
        `${hop.url.host} (${hop.name}) does not answer (${code}).`,
        'Check the network and its firewalls; behind a proxy, set --proxy or HTTPS_PROXY.',
        cause,
      )
    : new Unwell(
        'integrity',
        `${hop.url.host} (${hop.name}) could not be trusted (${code}).`,
        'If an inspecting proxy or a private authority signs this host, pass its certificate with --ca; if not, somebody may be in between.',
        cause,
      );
}

function issuerOf(socket: TLSSocket): string {
  const { issuer } = socket.getPeerCertificate();
  const name = issuer.O ?? issuer.CN;
  return Array.isArray(name) ? name.join(', ') : (name ?? 'unknown');
}

export const tls: Step = {
  name: 'tls',
  async examine(about) {
    const settings = known(about.settings);
    if (settings.proxy !== undefined) return behindProxy;
    const ca = await authorities(settings);
    const signal = AbortSignal.any([about.context.signal, AbortSignal.timeout(patience)]);
    const found = await Promise.all(
      hops(settings).map(async (hop) => {
        const host = hostOf(hop);
        const socket = connect({
          host,
          port: Number(hop.url.port || 443),
          ...(isAddress(hop) ? {} : { servername: host }),
          ca,
          minVersion: 'TLSv1.2',
        });
        try {
          await once(socket, 'secureConnect', { signal });
          return `${hop.url.host}: ${socket.getProtocol() ?? 'TLS'}, signed by ${issuerOf(socket)}`;
        } catch (cause) {
          throw unwell(hop, cause);
        } finally {
          socket.destroy();
        }
      }),
    );
    return { verdict: 'ok', says: `${[...new Set(found)].join('; ')}.` };
  },
};
