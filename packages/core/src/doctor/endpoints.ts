import { cloudByGraphOrigin, cloudsByAuthorityHost } from '../cloud.ts';
import type { Connection } from '../connection.ts';
import { strategyOf } from '../credential/create-credential.ts';
import { bypassesProxy } from '../http/no-proxy.ts';

/** One of the services that must be reached before a user can be read. */
export interface ServiceEndpoint {
  readonly name: 'sign-in' | 'Graph';
  readonly url: URL;
  /** The setting that contains the URL and its source, for messages. */
  readonly setting: string;
  /** The proxy for this host. Contains its user and password, so that it must not be printed as it is. */
  readonly proxy: URL | undefined;
}

/** Milliseconds that each phase took, as far as it was measured. */
export interface Latency {
  readonly dns?: number | undefined;
  readonly connect?: number | undefined;
  readonly tls?: number | undefined;
  /** Until the token or the first user arrived. */
  readonly response?: number | undefined;
}

/** Why the authority is not contacted; undefined when it is. */
export function whyNoSignIn({ credential }: Pick<Connection, 'credential'>): string | undefined {
  const { tokensComeFrom } = strategyOf(credential.kind);
  return tokensComeFrom === undefined ? undefined : `the tokens come from ${tokensComeFrom}`;
}

function settingOf({ sources }: Connection, path: 'authority' | 'graph'): string {
  const source = sources.get(path);
  return source === undefined ? `the setting ${path}` : `the setting ${path} (${source})`;
}

/** The services in the order in which they are needed. */
export function endpointsOf(connection: Connection): readonly ServiceEndpoint[] {
  const { proxy, noProxy } = connection.network;
  const proxyUrl = proxy === undefined ? undefined : new URL(proxy.reveal());
  const endpoint = (
    name: ServiceEndpoint['name'],
    url: URL,
    path: 'authority' | 'graph',
  ): ServiceEndpoint => ({
    name,
    url,
    setting: settingOf(connection, path),
    proxy: bypassesProxy(url, noProxy) ? undefined : proxyUrl,
  });
  const graph = endpoint('Graph', connection.graph, 'graph');
  return whyNoSignIn(connection) === undefined
    ? [endpoint('sign-in', connection.authority, 'authority'), graph]
    : [graph];
}

/** Whether the host is one of Microsoft's: then the network is at fault when it cannot be reached, not the settings. */
export function isMicrosoftHost({ url }: ServiceEndpoint): boolean {
  return cloudByGraphOrigin(url.origin) !== undefined || cloudsByAuthorityHost(url.host).length > 0;
}

/** The host name in the form of `dns` and `tls`: IPv6 addresses without brackets. */
export function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[(.*)\]$/u, '$1');
}

/** Joins sentences and drops repetitions: two endpoints can share a host, as those of a sandbox do. */
export function joinDistinct(sentences: readonly string[]): string {
  return [...new Set(sentences)].join('; ');
}
