import type { Clock } from '../ports.ts';

/** A clock that jumps: whoever sleeps wakes at once, and time has passed. */
export interface FakeClock extends Clock {
  /** Every sleep asked for, in milliseconds. */
  readonly sleeps: readonly number[];
  advance(milliseconds: number): void;
  /** Somebody sets the wall clock by this much; no time passes. */
  setWall(milliseconds: number): void;
}

export function createFakeClock(wallStart = Date.UTC(2026, 10, 22, 12)): FakeClock {
  let passed = 0;
  let set = 0;
  const sleeps: number[] = [];
  return {
    sleeps,
    wall: () => wallStart + passed + set,
    monotonic: () => passed,
    advance(milliseconds) {
      passed += milliseconds;
    },
    setWall(milliseconds) {
      set += milliseconds;
    },
    async sleep(milliseconds, signal) {
      signal?.throwIfAborted();
      sleeps.push(milliseconds);
      passed += milliseconds;
      await Promise.resolve();
      signal?.throwIfAborted();
    },
  };
}
