import { setTimeout as delay } from 'node:timers/promises';

import type { Clock } from './ports.ts';

/** setTimeout over 2^31-1 ms fires at once, with only a warning. */
const longestTimer = 2 ** 31 - 1;

/** The machine's own clocks. */
export const systemClock: Clock = {
  wall: () => Date.now(),
  monotonic: () => performance.now(),
  async sleep(milliseconds, signal) {
    const end = performance.now() + milliseconds;
    signal?.throwIfAborted();
    // In slices: timers may fire a little early, and none may be longer than Node can count.
    for (let left = milliseconds; left > 0; left = end - performance.now())
      await delay(Math.min(Math.ceil(left), longestTimer), undefined, { signal }).catch((error) => {
        signal?.throwIfAborted();
        throw error;
      });
  },
};
