import { cloudByGraphOrigin, cloudsByAuthorityHost } from '../cloud.ts';
import type { Connection } from '../connection.ts';
import { strategyOf } from '../credential/create-credential.ts';
import { bypassesProxy } from '../http/no-proxy.ts';

/** One of the two services between us and a user. */
export interface Hop {
  readonly name: 'sign-in' | 'Graph';
  readonly url: URL;
  /** The setting that names it, as people are told. */
  readonly setting: string;
  /** By which it is reached; with its user and password, so never to be shown as it is. */
  readonly proxy: URL | undefined;
}

/** Milliseconds of each part of the way to a hop, as far as they were measured. */
export interface HopTimes {
  readonly dns?: number | undefined;
  readonly connect?: number | undefined;
  readonly tls?: number | undefined;
  /** Until the token, or the first user, was there. */
  readonly answer?: number | undefined;
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

/** The services on the way, in the order in which they are needed. */
export function hopsOf(connection: Connection): readonly Hop[] {
  const { proxy, noProxy } = connection.network;
  const by = proxy === undefined ? undefined : new URL(proxy.reveal());
  const hop = (name: Hop['name'], url: URL, path: 'authority' | 'graph'): Hop => ({
    name,
    url,
    setting: settingOf(connection, path),
    proxy: bypassesProxy(url, noProxy) ? undefined : by,
  });
  const graph = hop('Graph', connection.graph, 'graph');
  return whyNoSignIn(connection) !== undefined
    ? [graph]
    : [hop('sign-in', connection.authority, 'authority'), graph];
}

/** Nobody mistypes the hosts that Rollcall itself knows: when one of those cannot be had, it is the network. */
export function isMicrosofts({ url }: Hop): boolean {
  return cloudByGraphOrigin(url.origin) !== undefined || cloudsByAuthorityHost(url.host).length > 0;
}

/** Host as `dns` and `tls` want it: IPv6 without its brackets. */
export function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[(.*)\]$/u, '$1');
}

/** One sentence for hops that share what is said of them, as those of a sandbox do. */
export function once(sentences: readonly string[]): string {
  return [...new Set(sentences)].join('; ');
}
