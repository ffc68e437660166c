import { cloudByGraphOrigin, cloudsByAuthorityHost } from '../cloud.ts';
import { NetworkError } from '../errors/network-error.ts';
import { ProxyError } from '../errors/proxy-error.ts';
import { SettingsError } from '../errors/settings-error.ts';
import type { Dispatch } from '../ports.ts';
import type { Secret } from '../secret.ts';

/** The settings that name hosts. */
export interface NamedHosts {
  readonly graph?: URL | undefined;
  readonly authority?: URL | undefined;
  readonly proxy?: Secret | undefined;
  /** Where each setting came from. */
  readonly sources?: ReadonlyMap<string, string> | undefined;
}

/** Host to the setting that names it; the clouds' own hosts are nobody's mistake. */
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
 * A host that nobody has heard of, and that the settings name, is a mistake in the settings: it is said so at once. Once it
 * has answered, its name is good, and what is wrong is the network.
 */
export function reportUnknownHosts(dispatch: Dispatch, named: NamedHosts): Dispatch {
  const suspects = new Map(hostsOf(named));
  const trusted = (request: URL): void => {
    suspects.delete(request.hostname);
    // Whichever way this answer took, something was found: a proxy is not suspected for a host beyond it.
    for (const [host, setting] of suspects) if (setting === 'proxy') suspects.delete(host);
  };
  return async (request) => {
    try {
      const response = await dispatch(request);
      if (suspects.size > 0) trusted(request.url);
      return response;
    } catch (error) {
      const host = unknownHost(error);
      const setting = host === undefined ? undefined : suspects.get(host);
      if (setting === undefined) throw error;
      throw new SettingsError(
        [
          {
            path: setting,
            source: named.sources?.get(setting) ?? 'the settings',
            message: `there is no host ${host}`,
            hint: `Check the name of the host, and the DNS of this machine; \`rollcall doctor\` asks it again.`,
          },
        ],
        error,
      );
    }
  };
}
