import type { Clock } from '../ports.ts';

/**
 * A clock without waiting: when no other work is pending, the time advances to the end of the shortest sleep. Several
 * callers can sleep at the same time.
 */
export interface FakeClock extends Clock {
  /** Every sleep asked for, in milliseconds. */
  readonly sleeps: readonly number[];
  advance(milliseconds: number): void;
  /** Changes the wall clock by this many milliseconds; no time passes. */
  setWall(milliseconds: number): void;
}

interface Sleeper {
  readonly until: number;
  wake(): void;
}

export function createFakeClock(wallStart = Date.UTC(2026, 10, 22, 12)): FakeClock {
  let passed = 0;
  let set = 0;
  let watching = false;
  const sleeps: number[] = [];
  const sleepers = new Set<Sleeper>();

  function watch(): void {
    if (watching || sleepers.size === 0) return;
    watching = true;
    // After all that is ready to run has run.
    setImmediate(() => {
      watching = false;
      const [first] = [...sleepers].toSorted((one, other) => one.until - other.until);
      if (first === undefined) return;
      passed = Math.max(passed, first.until);
      first.wake();
      watch();
    });
  }

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
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const leave = (): void => reject(signal?.reason as Error);
      const sleeper = { until: passed + milliseconds, wake: resolve };
      sleepers.add(sleeper);
      signal?.addEventListener('abort', leave, { once: true });
      watch();
      try {
        await promise;
      } finally {
        sleepers.delete(sleeper);
        signal?.removeEventListener('abort', leave);
      }
    },
  };
}
