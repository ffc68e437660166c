import { cloudByGraphOrigin, cloudsByAuthorityHost, wellKnownHost } from '../cloud.ts';
import { NetworkError } from '../errors/network-error.ts';
import { ProxyError } from '../errors/proxy-error.ts';
import { withHint } from '../errors/remedies.ts';
import { SettingsError } from '../errors/settings-error.ts';
import type { Dispatch, Ports } from '../ports.ts';
import type { Secret } from '../secret.ts';
import { canResolve as systemCanResolve } from './can-resolve.ts';

/** The settings that contain host names. */
export interface NamedHosts {
  readonly graph?: URL | undefined;
  readonly authority?: URL | undefined;
  readonly proxy?: Secret | undefined;
  /** The source of each setting. */
  readonly sources?: ReadonlyMap<string, string> | undefined;
}

/** Host name to the setting that contains it. Microsoft's own hosts are left out, because they cannot be misspelled. */
function hostsOf({ graph, authority, proxy }: NamedHosts): ReadonlyMap<string, string> {
  const hosts = new Map<string, string>();
  if (graph !== undefined && cloudByGraphOrigin(graph.origin) === undefined)
    hosts.set(graph.hostname, 'graph');
  if (authority !== undefined && cloudsByAuthorityHost(authority.host).length === 0)
    hosts.set(authority.hostname, 'authority');
  if (proxy !== undefined) hosts.set(new URL(proxy.reveal()).hostname, 'proxy');
  return hosts;
}

function unknownHost(error: unknown): string | undefined {
  const unknown =
    (error instanceof NetworkError || error instanceof ProxyError) && error.reason === 'ENOTFOUND';
  return unknown ? error.host : undefined;
}

/**
 * Reports an unknown host at once as a problem of the settings when the settings contain it. A failed lookup is a
 * problem of the network, and is retried, in two cases: the host has responded before, or the resolver does not find a
 * well-known host either. Some systems report an outage of DNS as an unknown host.
 */
export function reportUnknownHosts(
  dispatch: Dispatch,
  named: NamedHosts,
  canResolve: Ports['canResolve'] = systemCanResolve,
): Dispatch {
  const unconfirmed = new Map(hostsOf(named));
  const confirm = (request: URL): void => {
    unconfirmed.delete(request.hostname);
    // A response through the proxy shows that the name of the proxy is right.
    for (const [host, setting] of unconfirmed) if (setting === 'proxy') unconfirmed.delete(host);
  };
  return async (request) => {
    try {
      const response = await dispatch(request);
      if (unconfirmed.size > 0) confirm(request.url);
      return response;
    } catch (error) {
      const host = unknownHost(error);
      const setting = host === undefined ? undefined : unconfirmed.get(host);
      if (setting === undefined || !(await canResolve(wellKnownHost))) throw error;
      throw new SettingsError(
        [
          {
            path: setting,
            source: named.sources?.get(setting) ?? 'the settings',
            message: `the host ${host} does not exist`,
            ...withHint({ code: 'check-host-name' }),
          },
        ],
        error,
      );
    }
  };
}
