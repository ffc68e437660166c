import { DirectoryError } from '../errors/directory-error.ts';
import { NetworkError } from '../errors/network-error.ts';
import { ProxyError } from '../errors/proxy-error.ts';
import { TimeoutError } from '../errors/timeout-error.ts';
import { TlsError } from '../errors/tls-error.ts';
import type { Handshake } from '../ports.ts';
import { endpointOf } from '../http/network-failure.ts';
import { type Hop, hostOf, isMicrosofts, once } from './hops.ts';
import { known, type Examined, type Step } from './step.ts';

function day(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}

type Distrusted = Handshake & { readonly distrust: string };

function reasonAndRemedy(
  { url, setting }: Hop,
  { distrust, issuer, names, validFrom, validTo }: Distrusted,
  { connection, ports }: Examined,
): readonly [reason: string, remedy: string] {
  const today = day(ports.clock.wall());
  const host = hostOf(url);
  if (/EXPIRED/u.test(distrust))
    return [
      `shows a certificate that ended on ${day(validTo)}`,
      `If today is not ${today}, set this machine's clock; if it is, whoever runs ${host} must renew the certificate.`,
    ];
  if (/NOT_YET_VALID/u.test(distrust))
    return [
      `shows a certificate that begins on ${day(validFrom)}`,
      `If today is not ${today}, set this machine's clock; if it is, whoever runs ${host} must put a valid certificate in place.`,
    ];
  if (/ALTNAME|HOSTNAME/u.test(distrust))
    return [
      `shows a certificate for other names (${names.slice(0, 200)})`,
      `Correct ${setting}: the host's name must be one of those in the certificate.`,
    ];
  const beside =
    connection.network.caFile === undefined
      ? 'pass its certificate with --ca FILE (setting caFile)'
      : `pass its certificate with --ca FILE (${connection.network.caFile} does not have it)`;
  return [
    `shows a certificate by ${issuer}, which nobody here vouches for`,
    `If you know ${issuer} (a private authority, or a proxy that inspects TLS), ${beside}; if you do not, somebody may be in between.`,
  ];
}

function distrusted(hop: Hop, shown: Distrusted, examined: Examined): DirectoryError {
  const [reason, hint] = reasonAndRemedy(hop, shown, examined);
  const says = `${hop.url.host} (${hop.name}) ${reason} (${shown.distrust}).`;
  return new DirectoryError('E_TLS', says, { hint });
}

/** No certificate was shown: what answers is too old, or does not speak TLS at all. */
function speechless({ url, name, setting }: Hop, cause: TlsError): DirectoryError {
  const port = endpointOf(url).port;
  const old = /PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL/u.test(cause.reason);
  return new DirectoryError(
    'E_TLS',
    old
      ? `${url.host} (${name}) speaks no TLS 1.2 or later (${cause.reason}).`
      : `What answers at ${url.host} (${name}) does not speak TLS (${cause.reason}).`,
    {
      hint: old
        ? `Whoever runs ${hostOf(url)}, or the proxy in front of it, must turn TLS 1.2 or later on.`
        : `Correct ${setting}: port ${port} must be one that speaks HTTPS.`,
      cause,
    },
  );
}

/** What to do when a host is not reached and no proxy is in use. */
function wayTo(hop: Hop, reason: string): string {
  const { url, setting } = hop;
  const outside = `where only a proxy leads outside, set HTTPS_PROXY; else ask whoever runs the firewall to let ${hostOf(url)}:${endpointOf(url).port} through`;
  if (isMicrosofts(hop)) return `The network is in the way: ${outside}.`;
  return reason === 'ECONNREFUSED'
    ? `Correct ${setting}: nobody takes connections at this host and port.`
    : `Correct ${setting}; if host and port are right, ${outside}.`;
}

/** Nobody was reached. */
function unreached(hop: Hop, error: DirectoryError): DirectoryError {
  const { url, name, proxy } = hop;
  const { reason = error instanceof TimeoutError ? 'no answer in time' : 'no answer' } =
    error as DirectoryError & { readonly reason?: string };
  return proxy === undefined
    ? new DirectoryError(error.code, `${url.host} (${name}) is not reached (${reason}).`, {
        hint: wayTo(hop, reason),
        cause: error,
      })
    : new DirectoryError(error.code, `The proxy ${proxy.host} is not reached (${reason}).`, {
        hint: `Correct the proxy's URL (HTTPS_PROXY, --proxy), or list ${hostOf(url)} in NO_PROXY if no proxy is needed.`,
        cause: error,
      });
}

/** What was wrong on the way to a certificate, in terms of the hop. */
function failure(hop: Hop, error: unknown): unknown {
  if (error instanceof TlsError) return speechless(hop, error);
  const isSilence =
    error instanceof NetworkError || error instanceof TimeoutError || error instanceof ProxyError;
  return isSilence ? unreached(hop, error) : error;
}

export const tlsStep: Step = {
  async examine(about) {
    const examined = known(about.examined);
    const shown = new Map<string, Promise<Handshake>>();
    const found: string[] = [];
    for (const hop of examined.hops) {
      const { url, proxy, name } = hop;
      const { signal } = about;
      const handshake = shown.get(url.host) ?? examined.probe.handshake(url, { proxy, signal });
      shown.set(url.host, handshake);
      const seen = await handshake.catch((error: unknown) => {
        throw failure(hop, error);
      });
      const { distrust, protocol, issuer, validTo, connect, tls } = seen;
      if (distrust !== undefined) throw distrusted(hop, { ...seen, distrust }, examined);
      about.times.set(name, { ...about.times.get(name), connect, tls });
      const through = proxy === undefined ? '' : ` through ${proxy.host}`;
      found.push(
        `${url.host}${through}: ${protocol}, certificate by ${issuer} until ${day(validTo)}`,
      );
    }
    return { verdict: 'ok', says: `${once(found)}.` };
  },
};
