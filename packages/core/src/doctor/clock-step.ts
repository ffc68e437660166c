import { describeSkew, measureSkew, toleratedSkew } from '../http/clock-skew.ts';
import { askOutside } from './ask-outside.ts';
import { known, type Step } from './step.ts';

/** An assertion is dated back by this much, so that a clock that is ahead by less does no harm. */
const harmless = 60_000;

export const clockStep: Step = {
  async examine(about) {
    const { ports, hops, connection } = known(about.examined);
    try {
      about.answer = await askOutside(about);
    } catch (error) {
      about.signal?.throwIfAborted();
      about.silence = error;
    }
    const now = ports.clock.wall();
    const skew = about.answer && measureSkew(about.answer.headers, now);
    const here = `${new Date(now).toISOString().slice(0, 19).replace('T', ' ')} UTC here`;
    if (skew === undefined) {
      const why =
        about.answer === undefined
          ? `${known(hops[0]).url.host} gave no answer to compare it with; a later step says why`
          : `${known(hops[0]).url.host} does not tell its own`;
      return { verdict: 'skipped', says: `It is ${here}; ${why}.` };
    }
    const says = `It is ${here}, ${describeSkew(skew)}.`;
    const facts = { skewSeconds: Math.round(skew / 1000) };
    if (Math.abs(skew) <= harmless) return { verdict: 'ok', says, facts };
    const refused =
      Math.abs(skew) > toleratedSkew && connection.credential.kind === 'client-certificate'
        ? ' The identity platform refuses what a certificate signs by such a clock.'
        : '';
    return {
      verdict: 'warning',
      says: `${says}${refused}`,
      remedy:
        "Set this machine's clock and keep it by NTP (`timedatectl set-ntp true`): assertions and tokens are good for minutes.",
      facts,
    };
  },
};
