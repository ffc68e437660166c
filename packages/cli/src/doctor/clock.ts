import type { Step } from './step.ts';

/** Assertions are good for minutes: from here on it is worth a word. */
const tolerated = 60_000;
const refused = 300_000;

export const clock: Step = {
  name: 'clock',
  async examine({ skew }) {
    if (skew === undefined)
      return { verdict: 'skipped', says: 'No service told the time to compare with.' };
    const seconds = Math.round(Math.abs(skew) / 1000);
    const says =
      seconds < 2
        ? 'This machine’s clock is right.'
        : `This machine’s clock is ${seconds} s ${skew > 0 ? 'slow' : 'fast'}.`;
    if (Math.abs(skew) < tolerated) return { verdict: 'ok', says };
    return {
      verdict: 'warning',
      says: `${says}${Math.abs(skew) > refused ? ' A certificate’s assertions will be refused.' : ''}`,
      remedy: 'Set the clock: `timedatectl status` shows whether it is kept by NTP.',
    };
  },
};
