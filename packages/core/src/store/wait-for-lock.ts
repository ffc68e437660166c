import type { Clock } from '../ports.ts';

const pause = 50;
/** A token request with all its retries can take longer, but only while the service is unavailable. */
const longestWait = 60_000;

/**
 * Calls `attempt` until it returns a lock. It is polled, because neither file locks nor Redis report when a lock is
 * released.
 * @throws {Error} after a minute; `signal.reason` when aborted
 */
export async function waitForLock<Lock>(
  attempt: () => Promise<Lock | undefined> | Lock | undefined,
  clock: Clock,
  signal?: AbortSignal,
): Promise<Lock> {
  const end = clock.monotonic() + longestWait;
  for (;;) {
    const lock = await attempt();
    if (lock !== undefined) return lock;
    if (clock.monotonic() >= end) throw new Error('the token cache stayed locked for a minute');
    await clock.sleep(pause, signal);
  }
}
