import { isIP } from 'node:net';

import { DirectoryError } from '../errors/directory-error.ts';
import { type Hop, hostOf, isMicrosofts, once } from './hops.ts';
import { known, type Step } from './step.ts';

/** Whose name is looked up here: with a proxy it is the proxy's, which looks up the host's. */
function lookedUp({ proxy, url }: Hop): string {
  return hostOf(proxy ?? url);
}

function failure(hop: Hop, cause: unknown): DirectoryError {
  const { code = 'unknown' } = cause as NodeJS.ErrnoException;
  const host = lookedUp(hop);
  const whose = hop.proxy === undefined ? hop.name : `the proxy for ${hop.name}`;
  if (code !== 'ENOTFOUND' || (hop.proxy === undefined && isMicrosofts(hop)))
    return new DirectoryError(
      'E_NETWORK',
      `The name ${host} (${whose}) could not be looked up (${code}).`,
      {
        hint: "Check this machine's network and its DNS (`getent hosts NAME`); where names are looked up by a proxy only, set HTTPS_PROXY.",
        cause,
      },
    );
  const setting = hop.proxy === undefined ? hop.setting : "the proxy's URL (HTTPS_PROXY, --proxy)";
  // As a listing would have it: a name that the settings give and nobody knows is a mistake in the settings.
  return new DirectoryError('E_SETTINGS', `There is no host ${host} (${whose}; ${code}).`, {
    hint: `Correct ${setting}; if the name is right, ask whoever runs the DNS of this network for it.`,
    cause,
  });
}

export const dnsStep: Step = {
  async examine(about) {
    const { hops, probe, ports } = known(about.examined);
    const found: string[] = [];
    const addresses: Record<string, readonly string[]> = {};
    for (const hop of hops) {
      const host = lookedUp(hop);
      const start = ports.clock.monotonic();
      const how = hop.proxy === undefined ? '' : ` (the proxy, which looks up ${hostOf(hop.url)})`;
      if (isIP(host) !== 0) {
        found.push(`${host}${how} is an address`);
        continue;
      }
      try {
        const all = await probe.addresses(host, about.signal);
        addresses[host] = all;
        found.push(`${host}${how} is ${all[0] ?? 'nowhere'}`);
      } catch (cause) {
        about.signal?.throwIfAborted();
        throw failure(hop, cause);
      }
      const dns = ports.clock.monotonic() - start;
      about.times.set(hop.name, { ...about.times.get(hop.name), dns });
    }
    return { verdict: 'ok', says: `${once(found)}.`, facts: { addresses } };
  },
};
