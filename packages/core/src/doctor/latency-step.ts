import type { Latency, ServiceEndpoint } from './endpoints.ts';
import { known, type Step } from './step.ts';

/** A slower phase than this, in milliseconds, makes each page of a listing noticeably slower. */
const slow = 3_000;

const phases = ['dns', 'connect', 'tls', 'response'] as const;
const labels: Readonly<Record<(typeof phases)[number], string>> = {
  dns: 'DNS',
  connect: 'connection',
  tls: 'TLS',
  response: 'response',
};

interface Measured {
  readonly endpoint: ServiceEndpoint;
  readonly times: readonly (readonly [phase: (typeof phases)[number], milliseconds: number])[];
}

function measured(endpoint: ServiceEndpoint, latency: Latency = {}): Measured {
  return {
    endpoint,
    times: phases.flatMap((phase) => {
      const milliseconds = latency[phase];
      return milliseconds === undefined ? [] : [[phase, Math.round(milliseconds)] as const];
    }),
  };
}

export const latencyStep: Step = {
  async examine(scenario) {
    const { endpoints } = known(scenario.examined);
    const all = endpoints.map((endpoint) =>
      measured(endpoint, scenario.latencies.get(endpoint.name)),
    );
    const sentences = all.map(({ endpoint, times }) => {
      const each = times.map(([phase, milliseconds]) => `${labels[phase]} ${milliseconds} ms`);
      return `${endpoint.name} (${endpoint.url.host}): ${each.join(', ')}`;
    });
    const message = `${sentences.join('; ')}.`;
    const facts = {
      endpoints: all.map(({ endpoint, times }) => ({
        name: endpoint.name,
        host: endpoint.url.host,
        ...Object.fromEntries(times),
      })),
    };
    const late = all.find(({ times }) => times.some(([, milliseconds]) => milliseconds > slow));
    return late === undefined
      ? { verdict: 'ok', message, facts }
      : {
          verdict: 'warning',
          message,
          hint: `Check the connection to ${late.endpoint.url.host} (VPN, proxy, DNS): a listing waits for it once per page.`,
          facts,
        };
  },
};
