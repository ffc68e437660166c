import { cloudByGraphOrigin, cloudsByAuthorityHost } from '../cloud.ts';
import type { Opened } from '../credential/external-settings.ts';
import type { Settings } from '../settings/settings.ts';
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

/** Credentials whose tokens do not come from the authority, and why it is not asked. */
const without: Readonly<Record<string, string>> = {
  'managed-identity': 'a managed identity gets its tokens from the platform it runs on',
  foreign: 'the credential was passed in, and knows by itself whom to ask',
};

/** Why there is no hop to the authority; undefined where there is one. */
export function whyNoSignIn(kind: string): string | undefined {
  return without[kind];
}

function settingOf(own: Settings | undefined, path: 'authority' | 'graph'): string {
  const source = own?.sources.get(path);
  return source === undefined ? `the setting ${path}` : `the setting ${path} (${source})`;
}

/** The services on the way, in the order in which they are needed. */
export function hopsOf(place: Opened, own: Settings | undefined): readonly Hop[] {
  const { proxy, noProxy } = place;
  const by = proxy === undefined ? undefined : new URL(proxy.reveal());
  const hop = (name: Hop['name'], url: URL, path: 'authority' | 'graph'): Hop => ({
    name,
    url,
    setting: settingOf(own, path),
    proxy: bypassesProxy(url, noProxy) ? undefined : by,
  });
  const graph = hop('Graph', place.graph, 'graph');
  return own === undefined || whyNoSignIn(own.credential.kind) !== undefined
    ? [graph]
    : [hop('sign-in', own.authority, 'authority'), graph];
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
