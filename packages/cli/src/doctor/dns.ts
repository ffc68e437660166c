import { lookup } from 'node:dns/promises';

import { behindProxy, hops, hostOf, isAddress } from './hop.ts';
import { Unwell } from './unwell.ts';
import { known, type Step } from './step.ts';

export const dns: Step = {
  name: 'dns',
  async examine(about) {
    const settings = known(about.settings);
    if (settings.proxy !== undefined) return behindProxy;
    const found = await Promise.all(
      hops(settings).map(async (hop) => {
        const host = hostOf(hop);
        if (isAddress(hop)) return `${host} is an address`;
        try {
          const { address } = await lookup(host);
          return `${host} is ${address}`;
        } catch (cause) {
          throw new Unwell(
            'service',
            `The name ${host} (${hop.name}) was not found.`,
            'Check the name in the settings, then this machine’s DNS; behind a proxy, set --proxy or HTTPS_PROXY.',
            cause,
          );
        }
      }),
    );
    return { verdict: 'ok', says: `${[...new Set(found)].join('; ')}.` };
  },
};
