import type { DirectoryError } from '../errors/directory-error.ts';
import { NetworkError } from '../errors/network-error.ts';
import { ProxyError } from '../errors/proxy-error.ts';
import type { Remedy } from '../errors/remedies.ts';
import { TimeoutError } from '../errors/timeout-error.ts';
import { TlsError } from '../errors/tls-error.ts';
import { endpointOf } from '../http/network-failure.ts';
import type { Handshake } from '../ports.ts';
import { hostOf, isMicrosoftHost, joinDistinct, type ServiceEndpoint } from './endpoints.ts';
import { known, type Examined, type Step } from './step.ts';

function day(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}

type Distrusted = Handshake & { readonly distrust: string };

function reasonAndRemedy(
  { url, setting }: ServiceEndpoint,
  { distrust, issuer, names, validFrom, validTo }: Distrusted,
  { ports }: Examined,
): readonly [reason: string, remedy: string | Remedy] {
  const today = day(ports.clock.wall());
  const host = hostOf(url);
  const clock = `If today is not ${today}, set the clock of this machine. Otherwise ask the operator of ${host}`;
  if (/EXPIRED/u.test(distrust))
    return [
      `uses a certificate that expired on ${day(validTo)}`,
      `${clock} to renew the certificate.`,
    ];
  if (/NOT_YET_VALID/u.test(distrust))
    return [
      `uses a certificate that is valid from ${day(validFrom)} on`,
      `${clock} to install a valid certificate.`,
    ];
  if (/ALTNAME|HOSTNAME/u.test(distrust))
    return [
      `uses a certificate for other names (${names.slice(0, 200)})`,
      `Correct ${setting}: the certificate must contain the host name.`,
    ];
  return [
    `uses a certificate that is issued by an untrusted CA: ${issuer}`,
    { code: 'trust-certificate' },
  ];
}

function distrusted(
  endpoint: ServiceEndpoint,
  shown: Distrusted,
  examined: Examined,
): DirectoryError {
  const [reason, hint] = reasonAndRemedy(endpoint, shown, examined);
  const message = `${endpoint.url.host} (${endpoint.name}) ${reason} (${shown.distrust}).`;
  return new TlsError(endpointOf(endpoint.url), shown.distrust, { message, hint });
}

/** The responder sent no certificate: its TLS version is too old, or it does not speak TLS. */
function withoutCertificate(
  { url, name, setting }: ServiceEndpoint,
  cause: TlsError,
): DirectoryError {
  const { reason } = cause;
  const isOld = /PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL/u.test(reason);
  const message = isOld
    ? `${url.host} (${name}) does not support TLS 1.2 or later (${reason}).`
    : `${url.host} (${name}) does not speak TLS (${reason}).`;
  const hint = isOld
    ? `Ask the operator of ${hostOf(url)}, or of the proxy in front of it, to enable TLS 1.2 or later.`
    : `Correct ${setting}: port ${endpointOf(url).port} must be an HTTPS port.`;
  return new TlsError(endpointOf(url), reason, { message, hint, cause });
}

/** What to do when a host cannot be reached and no proxy is used. */
function connectionHint(endpoint: ServiceEndpoint, reason: string): string {
  const { url, setting } = endpoint;
  const outside = `if only a proxy leads to the internet, configure the setting \`proxy\` or HTTPS_PROXY; otherwise ask the firewall administrator to allow ${hostOf(url)}:${endpointOf(url).port}`;
  if (isMicrosoftHost(endpoint)) return `Check the network: ${outside}.`;
  return reason === 'ECONNREFUSED'
    ? `Correct ${setting}: nothing is listening on this host and port.`
    : `Correct ${setting}. If host and port are right: ${outside}.`;
}

/** The error of a host or proxy that cannot be reached, in terms of the endpoint. */
function unreachable(
  { url, name, proxy, ...rest }: ServiceEndpoint,
  error: NetworkError | TimeoutError | ProxyError,
): DirectoryError {
  // The error of a proxy that responded with a status has the more exact hint.
  if (error instanceof ProxyError && !error.retryable) return error;
  const reason = error instanceof TimeoutError ? 'timeout' : error.reason;
  if (proxy !== undefined)
    return new ProxyError(endpointOf(proxy), reason, {
      message: `Cannot connect to the proxy ${proxy.host} (${reason}).`,
      hint: { code: 'correct-proxy', host: hostOf(url) },
      cause: error,
    });
  const facts = {
    message: `Cannot connect to ${url.host} (${name}): ${reason}.`,
    hint: connectionHint({ url, name, proxy, ...rest }, reason),
    cause: error,
  };
  return error instanceof TimeoutError
    ? new TimeoutError(endpointOf(url), error.phase, error.limit, facts)
    : new NetworkError(endpointOf(url), reason, facts);
}

/** The error of a handshake, in terms of the endpoint. */
function failure(endpoint: ServiceEndpoint, error: unknown): unknown {
  if (error instanceof TlsError) return withoutCertificate(endpoint, error);
  const isUnreachable =
    error instanceof NetworkError || error instanceof TimeoutError || error instanceof ProxyError;
  return isUnreachable ? unreachable(endpoint, error) : error;
}

export const tlsStep: Step = {
  async examine(scenario) {
    const examined = known(scenario.examined);
    const handshakes = new Map<string, Promise<Handshake>>();
    const found: string[] = [];
    for (const endpoint of examined.endpoints) {
      const { url, proxy, name } = endpoint;
      const { signal } = scenario;
      const handshake =
        handshakes.get(url.host) ?? examined.probe.handshake(url, { proxy, signal });
      handshakes.set(url.host, handshake);
      const shown = await handshake.catch((error: unknown) => {
        throw failure(endpoint, error);
      });
      const { distrust, protocol, issuer, validTo, connect, tls } = shown;
      if (distrust !== undefined) throw distrusted(endpoint, { ...shown, distrust }, examined);
      scenario.latencies.set(name, { ...scenario.latencies.get(name), connect, tls });
      const via = proxy === undefined ? '' : ` through ${proxy.host}`;
      found.push(
        `${url.host}${via}: ${protocol}, certificate issued by ${issuer}, expires on ${day(validTo)}`,
      );
    }
    return { verdict: 'ok', message: `${joinDistinct(found)}.` };
  },
};
