import type { Console } from './terminal/console.ts';

export interface Progress extends Disposable {
  /** One page more. */
  add(users: number): void;
}

const counted = new Intl.NumberFormat('en-US');

/** How often the line may change, in milliseconds: faster only flickers. */
const pause = 100;

/**
 * The line a person watches while users arrive.
 * @param now milliseconds, monotonic
 */
export function createProgress(console: Console, now: () => number): Progress {
  const start = now();
  let users = 0;
  let pages = 0;
  let drawn = -Infinity;
  return {
    add(more) {
      users += more;
      pages += 1;
      const time = now();
      if (time - drawn < pause) return;
      drawn = time;
      const seconds = Math.max((time - start) / 1000, 0.001);
      console.status(
        `${counted.format(users)} users · ${counted.format(pages)} pages · ${counted.format(Math.round(users / seconds))}/s`,
      );
    },
    [Symbol.dispose]() {
      console.status();
    },
  };
}
