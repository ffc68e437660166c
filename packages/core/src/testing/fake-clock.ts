import type { Clock } from '../ports.ts';

/** A clock that jumps: whoever sleeps wakes at once, and time has passed. */
export interface FakeClock extends Clock {
  /** Every sleep asked for, in milliseconds. */
  readonly sleeps: readonly number[];
  advance(milliseconds: number): void;
}

export function createFakeClock(wallStart = Date.UTC(2026, 10, 22, 12)): FakeClock {
  let passed = 0;
  const sleeps: number[] = [];
  return {
    sleeps,
    wall: () => wallStart + passed,
    monotonic: () => passed,
    advance(milliseconds) {
      passed += milliseconds;
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
