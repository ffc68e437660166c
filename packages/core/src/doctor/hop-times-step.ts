import type { Hop, HopTimes } from './hops.ts';
import { known, type Step } from './step.ts';

/** Slower than this, every page of a listing will be felt. */
const slow = 3_000;

const parts = ['dns', 'connect', 'tls', 'answer'] as const;
const words: Readonly<Record<(typeof parts)[number], string>> = {
  dns: 'name',
  connect: 'connection',
  tls: 'TLS',
  answer: 'answer',
};

interface Timed {
  readonly hop: Hop;
  readonly times: readonly (readonly [part: (typeof parts)[number], milliseconds: number])[];
}

function timed(hop: Hop, times: HopTimes = {}): Timed {
  return {
    hop,
    times: parts.flatMap((part) => {
      const milliseconds = times[part];
      return milliseconds === undefined ? [] : [[part, Math.round(milliseconds)] as const];
    }),
  };
}

export const hopTimesStep: Step = {
  async examine(about) {
    const { hops } = known(about.examined);
    const all = hops.map((hop) => timed(hop, about.times.get(hop.name)));
    const says = all
      .map(({ hop, times }) => {
        const each = times.map(([part, milliseconds]) => `${words[part]} ${milliseconds} ms`);
        return `${hop.name} (${hop.url.host}): ${each.join(', ')}`;
      })
      .join('; ');
    const facts = {
      hops: all.map(({ hop, times }) => ({
        hop: hop.name,
        host: hop.url.host,
        ...Object.fromEntries(times),
      })),
    };
    const late = all.find(({ times }) => times.some(([, milliseconds]) => milliseconds > slow));
    return late === undefined
      ? { verdict: 'ok', says: `${says}.`, facts }
      : {
          verdict: 'warning',
          says: `${says}.`,
          remedy: `Look at the way to ${late.hop.url.host} (VPN, proxy, DNS): a listing waits for it once a page.`,
          facts,
        };
  },
};
