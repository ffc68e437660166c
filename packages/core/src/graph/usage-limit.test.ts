import { describe, expect, it } from 'vitest';

import { openFake, type FakeWorld } from '../testing/open-fake.ts';

interface Simulation {
  /** Resource units per ten seconds. */
  readonly quota: number;
  readonly latency: number;
  readonly workers: number;
  readonly requests: number;
  /** Resource units per second that another process of the application uses. */
  readonly others?: number;
}

interface Outcome {
  readonly seconds: number;
  readonly throttled: number;
  /** Requests that were sent before the end of a Retry-After. */
  readonly early: number;
  /** The longest time between two requests of one worker, in seconds. */
  readonly longestWait: number;
}

const unitsPerRequest = 2;

/** Reads pages against a token bucket in simulated time. A refused request is charged too, as Graph does. */
async function simulate(simulation: Simulation): Promise<Outcome> {
  const { quota, latency, workers, requests, others = 0 } = simulation;
  let used = 0;
  let at = 0;
  let notBefore = 0;
  let throttled = 0;
  let early = 0;
  const world: FakeWorld = await openFake({
    users: 0,
    deadline: 100_000_000,
    async intervene() {
      const { clock } = world;
      if (clock.monotonic() < notBefore) early += 1;
      await clock.sleep(latency / 2);
      const now = clock.monotonic();
      const passed = (now - at) / 1000;
      used = Math.max(0, used + passed * (others - quota / 10));
      at = now;
      const isRefused = used + unitsPerRequest > quota;
      used = Math.min(used + unitsPerRequest, 1.8 * quota);
      const share = used / quota;
      await clock.sleep(latency / 2);
      if (!isRefused) {
        const headers = { 'x-ms-resource-unit': String(unitsPerRequest) };
        return share < 0.8
          ? { headers, body: 1 }
          : {
              headers: { ...headers, 'x-ms-throttle-limit-percentage': share.toFixed(2) },
              body: 1,
            };
      }
      throttled += 1;
      const wait = Math.max(1, Math.ceil((share - 1) * 10));
      notBefore = clock.monotonic() + wait * 1000;
      return { status: 429, headers: { 'retry-after': String(wait) } };
    },
  });
  const { clock, directory } = world;
  let left = requests;
  let longestWait = 0;
  const worker = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const start = clock.monotonic();
      await directory.users.count();
      longestWait = Math.max(longestWait, clock.monotonic() - start);
    }
  };
  await Promise.all(Array.from({ length: workers }, worker));
  return { seconds: clock.monotonic() / 1000, throttled, early, longestWait: longestWait / 1000 };
}

describe('faults A1 row 8: pacing below a quota', () => {
  it.each([
    [8000, 100, 12, 5000],
    [8000, 20, 32, 8000],
    [3500, 50, 64, 4000],
    [300, 100, 12, 1000],
    [300, 200, 24, 1000],
    [300, 1000, 16, 1000],
  ])(
    'of %d units per 10 s, latency %d ms, %d workers, %d requests',
    { timeout: 30_000 },
    async (quota, latency, workers, requests) => {
      const outcome = await simulate({ quota, latency, workers, requests });
      const byQuota = Math.max(0, (requests * unitsPerRequest - quota) / (quota / 10));
      const byLatency = (requests / workers) * (latency / 1000);
      const best = Math.max(byQuota, byLatency);
      expect(outcome.seconds).toBeLessThan(1.3 * best + latency / 1000);
      expect(outcome.throttled).toBeLessThan(requests / 100);
      expect(outcome.early).toBe(0);
      // A page token that is not used for a minute can expire.
      expect(outcome.longestWait).toBeLessThan(10);
    },
  );

  it('adapts to what another process of the application uses', { timeout: 30_000 }, async () => {
    const [quota, others, requests] = [3000, 150, 3000];
    const outcome = await simulate({ quota, others, requests, latency: 100, workers: 16 });
    expect(outcome.throttled).toBeLessThan(requests / 100);
    expect(outcome.early).toBe(0);
    const best = (requests * unitsPerRequest - quota) / (quota / 10 - others);
    expect(outcome.seconds).toBeLessThan(1.3 * best);
  });

  it('exceeds an unknown quota only by the requests that are pending, and keeps every Retry-After', async () => {
    const outcome = await simulate({ quota: 300, latency: 1000, workers: 64, requests: 1000 });
    // 64 requests are pending when the first response says how much is in use: some are too many.
    expect(outcome.throttled).toBeLessThan(50);
    expect(outcome.early).toBe(0);
  });
});
