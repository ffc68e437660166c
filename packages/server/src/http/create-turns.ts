import { setImmediate } from 'node:timers/promises';

/** Waits until it is the turn of the caller. */
export type Turn = () => Promise<void>;

/**
 * Creates turns: of the work that waits for one, only one part runs in each iteration of the event loop. Otherwise a
 * hundred pages that arrive together would be written without a pause, and a probe would wait for all of them.
 */
export function createTurns(): Turn {
  let last: Promise<void> = Promise.resolve();
  return async () => {
    last = last.then(async () => setImmediate());
    await last;
  };
}
