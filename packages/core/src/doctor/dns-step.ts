import { isIP } from 'node:net';

import { wellKnownHost } from '../cloud.ts';
import { NetworkError } from '../errors/network-error.ts';
import type { DirectoryError } from '../errors/directory-error.ts';
import { withHint } from '../errors/remedies.ts';
import { SettingsError } from '../errors/settings-error.ts';
import type { NetworkProbe } from '../ports.ts';
import { endpointOf } from '../http/network-failure.ts';
import { hostOf, isMicrosoftHost, joinDistinct, type ServiceEndpoint } from './endpoints.ts';
import { known, type Step } from './step.ts';

/** The host that this machine looks up: with a proxy it is the proxy's, because the proxy looks up the service's. */
function lookedUpHost({ proxy, url }: ServiceEndpoint): string {
  return hostOf(proxy ?? url);
}

/** Whether DNS responds at all: when it does not, an unknown host of the settings may be right. */
async function isDnsWorking(probe: NetworkProbe, signal?: AbortSignal): Promise<boolean> {
  try {
    await probe.addresses(wellKnownHost, signal);
    return true;
  } catch {
    signal?.throwIfAborted();
    return false;
  }
}

function failure(
  endpoint: ServiceEndpoint,
  sources: ReadonlyMap<string, string>,
  { cause, isOutage }: { readonly cause: unknown; readonly isOutage: boolean },
): DirectoryError {
  const { code = 'unknown' } = cause as NodeJS.ErrnoException;
  const host = lookedUpHost(endpoint);
  const { name, proxy, url } = endpoint;
  const what = proxy === undefined ? name : `the proxy for ${name}`;
  if (code !== 'ENOTFOUND' || isOutage || (proxy === undefined && isMicrosoftHost(endpoint)))
    return new NetworkError(endpointOf(proxy ?? url), code, {
      message: `The DNS lookup of ${host} (${what}) failed (${code}).`,
      hint: 'Check the network and the DNS configuration of this machine (`getent hosts NAME`). If names are resolved by a proxy only, configure the setting `proxy` or HTTPS_PROXY.',
      cause,
    });
  // A listing reports an unknown host that the settings contain in the same way: as a problem of the settings.
  const path = proxy !== undefined ? 'proxy' : name === 'Graph' ? 'graph' : 'authority';
  const issue = {
    path,
    source: sources.get(path),
    message: `the host ${host} (${what}) does not exist (${code})`,
    ...withHint({ code: 'check-host-name' }),
  };
  return new SettingsError([issue], cause);
}

export const dnsStep: Step = {
  async examine(scenario) {
    const { connection, endpoints, probe, ports } = known(scenario.examined);
    const found: string[] = [];
    const addresses: Record<string, readonly string[]> = {};
    for (const endpoint of endpoints) {
      const host = lookedUpHost(endpoint);
      const start = ports.clock.monotonic();
      const role =
        endpoint.proxy === undefined ? '' : ` (the proxy, which looks up ${hostOf(endpoint.url)})`;
      if (isIP(host) !== 0) {
        found.push(`${host}${role} is an address`);
        continue;
      }
      try {
        const all = await probe.addresses(host, scenario.signal);
        addresses[host] = all;
        found.push(`${host}${role} is ${all[0] ?? 'without an address'}`);
      } catch (cause) {
        scenario.signal?.throwIfAborted();
        const isOutage = !(await isDnsWorking(probe, scenario.signal));
        throw failure(endpoint, connection.sources, { cause, isOutage });
      }
      const dns = ports.clock.monotonic() - start;
      scenario.latencies.set(endpoint.name, { ...scenario.latencies.get(endpoint.name), dns });
    }
    return { verdict: 'ok', message: `${joinDistinct(found)}.`, facts: { addresses } };
  },
};
