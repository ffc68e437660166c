import { type WaitedFor, DeadlineError } from '../errors/deadline-error.ts';
import type { DirectoryError } from '../errors/directory-error.ts';
import type { Clock } from '../ports.ts';

/** The time at which one call must have ended. */
export interface Deadline {
  /** Returns the time that is left in milliseconds; 0 after the deadline, Infinity without one. */
  left(): number;
  /**
   * Waits for a promise until the deadline. The operation behind it is not aborted, because other callers can wait for
   * it too.
   * @param lastFailure the failure that is being retried meanwhile; it becomes the cause of the error
   * @throws {DeadlineError}
   */
  bound<Value>(
    waitedFor: WaitedFor,
    waiting: Promise<Value>,
    lastFailure?: () => DirectoryError | undefined,
  ): Promise<Value>;
}

/**
 * A deadline that counts from now.
 * @param milliseconds no deadline when absent
 */
export function createDeadline(clock: Clock, milliseconds = Infinity): Deadline {
  const end = clock.monotonic() + milliseconds;
  const left = (): number => Math.max(0, end - clock.monotonic());
  return {
    left,
    async bound(waitedFor, waiting, lastFailure) {
      if (end === Infinity) return waiting;
      const done = new AbortController();
      const late = clock.sleep(left(), done.signal).then(
        () => true,
        () => false,
      );
      try {
        return await Promise.race([
          waiting,
          late.then((isLate) => {
            if (isLate) throw new DeadlineError(waitedFor).after(lastFailure?.());
            return waiting;
          }),
        ]);
      } finally {
        done.abort();
      }
    },
  };
}
