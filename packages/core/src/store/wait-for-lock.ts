import type { Clock } from '../ports.ts';

const pause = 50;
/** A token post with all its retries may take longer, but then the service is down for everybody. */
const patience = 60_000;

/**
 * Tries until `attempt` gives something. Polled, because neither file locks nor Redis can tell when one is free.
 * @throws {Error} after a minute; `signal.reason` when aborted
 */
export async function waitForLock<Lock>(
  attempt: () => Promise<Lock | undefined> | Lock | undefined,
  clock: Clock,
  signal?: AbortSignal,
): Promise<Lock> {
  const end = clock.monotonic() + patience;
  for (;;) {
    const lock = await attempt();
    if (lock !== undefined) return lock;
    if (clock.monotonic() >= end) throw new Error('the token cache stayed locked for a minute');
    await clock.sleep(pause, signal);
  }
}
