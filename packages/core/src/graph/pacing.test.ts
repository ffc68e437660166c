import { describe, expect, it } from 'vitest';

import { fakeId } from '../testing/fake-graph.ts';
import { openFake, type FakeWorld } from '../testing/open-fake.ts';

const latency = 100;

/** When each request was sent, in milliseconds. */
interface Busy extends FakeWorld {
  readonly sentAt: number[];
  /** So many workers, each asking one thing after the other until `end`. @returns how many were answered */
  work(workers: number, end: number): Promise<number>;
  /** Requests sent from `from` on, for a second. */
  sentIn(from: number): number;
}

/**
 * A service that responds in 100 ms and throttles requests between `at` and `until`, with a Retry-After of `wait` s.
 */
async function openBusy(at = Infinity, until = at + 1, wait = 2): Promise<Busy> {
  const sentAt: number[] = [];
  const world: FakeWorld = await openFake({
    users: 3,
    intervene: async () => {
      const sent = world.clock.monotonic();
      sentAt.push(sent);
      await world.clock.sleep(latency);
      return sent >= at && sent < until
        ? { status: 429, headers: { 'retry-after': String(wait) } }
        : undefined;
    },
  });
  const { clock, directory } = world;
  return {
    ...world,
    sentAt,
    async work(workers, end) {
      let answers = 0;
      const worker = async (): Promise<void> => {
        while (clock.monotonic() < end) {
          await directory.users.count();
          answers += 1;
        }
      };
      await Promise.all(Array.from({ length: workers }, worker));
      return answers;
    },
    sentIn: (from) => sentAt.filter((time) => time >= from && time < from + 1000).length,
  };
}

describe('faults A1 row 8: the rate of fifty workers', () => {
  it('falls to 70 % after a throttle, and comes back', async () => {
    const busy = await openBusy(5000);
    await busy.work(50, 40_000);
    const before = busy.sentIn(4000);
    expect(before).toBe(500);
    // The burst of that moment is refused as a whole, 100 ms later, and asked to wait for 2 to 2.2 s.
    expect(busy.sentIn(5000)).toBe(50);
    expect(busy.sentAt.filter((time) => time > 5000 && time < 7100)).toEqual([]);
    const opened = busy.sentAt.find((time) => time > 5000) ?? 0;
    expect(opened).toBeLessThan(7350);
    const afterwards = busy.sentIn(opened);
    expect(afterwards).toBeLessThanOrEqual(before * 0.7);
    expect(afterwards).toBeGreaterThan(before * 0.65);
    expect(busy.sentIn(opened + 1000)).toBeGreaterThan(afterwards);
    // 500 requests a second are reached again a second and cbrt(500 * 0.3 / 0.4) = 7.2 s later.
    expect(busy.sentIn(opened + 8000)).toBeGreaterThan(before * 0.95);
    expect(busy.sentIn(opened + 20_000)).toBe(before);
  });

  it('falls further with each throttle, and once only for a burst', async () => {
    const once = await openBusy(5000);
    await once.work(50, 9000);
    const twice = await openBusy(5000, 7400);
    await twice.work(50, 14_000);
    const opened = twice.sentAt.find((time) => time > 7400 + 1000) ?? 0;
    expect(twice.sentIn(opened)).toBeLessThan(once.sentIn(7300) * 0.8);
    expect(twice.sentIn(opened)).toBeGreaterThan(once.sentIn(7300) * 0.4);
  });
});

describe('a worker that is alone', () => {
  it('waits for what Retry-After asks and for nothing else', async () => {
    const busy = await openBusy(5000, 5001, 2);
    const answers = await busy.work(1, 15_000);
    const waits = busy.clock.sleeps.filter((sleep) => sleep !== latency);
    expect(waits).toEqual([2100]);
    expect(answers).toBe((15_000 - 2100 - latency) / latency);
  });

  it('and fifty of them, do not wait without throttling', async () => {
    const busy = await openBusy();
    expect(await busy.work(50, 10_000)).toBe(50 * 100);
    expect(busy.clock.sleeps.every((sleep) => sleep === latency)).toBe(true);
  });
});

it('delays all requests when a request within a batch is throttled', async () => {
  const sentAt: number[] = [];
  const world: FakeWorld = await openFake({
    users: 3,
    intervene: ({ body }, nth) => {
      sentAt.push(world.clock.monotonic());
      if (body === undefined) return undefined;
      const [status, headers] = nth === 1 ? [429, { 'Retry-After': '5' }] : [200, {}];
      return { body: { responses: [{ id: '0', status, headers, body: { id: fakeId(0) } }] } };
    },
  });
  const { users } = world.directory;
  const batch = Array.fromAsync(users.getMany([fakeId(0)]));
  await expect.poll(() => world.events).toHaveLength(1);
  await users.count();
  expect(await batch).toMatchObject([{ user: { id: fakeId(0) } }]);
  expect(sentAt).toHaveLength(3);
  expect(Math.min(...sentAt.slice(1))).toBeGreaterThanOrEqual(5000);
});

it('holds the others back also for a call that gives up', async () => {
  const sentAt: number[] = [];
  const world: FakeWorld = await openFake({
    users: 3,
    deadline: 1000,
    intervene: () => {
      sentAt.push(world.clock.monotonic());
      return { status: 429, headers: { 'retry-after': '5' } };
    },
  });
  await expect(world.directory.users.count()).rejects.toMatchObject({ waitedFor: 'pause' });
  await expect(world.directory.users.count()).rejects.toMatchObject({
    code: 'E_DEADLINE',
    waitedFor: 'pause',
  });
  expect(sentAt).toEqual([0]);
});
