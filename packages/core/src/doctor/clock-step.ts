import { describeSkew, measureSkew, toleratedSkew } from '../http/clock-skew.ts';
import { probeEndpoint } from './probe-endpoint.ts';
import { known, type Step } from './step.ts';

/** Assertions are dated back by this much, so that a smaller skew has no effect. */
const harmless = 60_000;

export const clockStep: Step = {
  async examine(scenario) {
    const { ports, endpoints, connection } = known(scenario.examined);
    try {
      scenario.response = await probeEndpoint(scenario);
    } catch (error) {
      scenario.signal?.throwIfAborted();
      scenario.noResponse = error;
    }
    const now = ports.clock.wall();
    const skew = scenario.response && measureSkew(scenario.response.headers, now);
    const local = `The local time is ${new Date(now).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
    if (skew === undefined) {
      const { host } = known(endpoints[0]).url;
      const why =
        scenario.response === undefined
          ? `${host} did not respond; see the next steps`
          : `${host} does not send its time`;
      return { verdict: 'skipped', message: `${local}; ${why}.` };
    }
    const message = `${local}, ${describeSkew(skew)}.`;
    const facts = { skewSeconds: Math.round(skew / 1000) };
    if (Math.abs(skew) <= harmless) return { verdict: 'ok', message, facts };
    const isRejected =
      Math.abs(skew) > toleratedSkew && connection.credential.kind === 'client-certificate';
    const consequence = isRejected
      ? ' The identity platform rejects assertions that are signed with this clock.'
      : '';
    return {
      verdict: 'warning',
      message: `${message}${consequence}`,
      hint: 'Set the clock of this machine and synchronize it by NTP (`timedatectl set-ntp true`): assertions and tokens are valid for minutes only.',
      facts,
    };
  },
};
