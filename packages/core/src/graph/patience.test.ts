import { describe, expect, it } from 'vitest';

import type { Turn } from '../testing/fake-graph.ts';
import { openFake } from '../testing/open-fake.ts';
import type { CallOptions } from '../users/users.ts';

const throttled: Turn = { status: 429, headers: { 'request-id': 'r', 'retry-after': '40' } };
const unavailable: Turn = { status: 503, headers: { 'request-id': 'r', 'retry-after': '40' } };

describe('faults A1 row 6: a caller waits no longer than it said', () => {
  it.each<[string, Turn, CallOptions, object]>([
    [
      '429, a deadline',
      throttled,
      { deadline: 30_000 },
      { code: 'E_DEADLINE', retryAfter: 40_000 },
    ],
    [
      '503, a deadline',
      unavailable,
      { deadline: 30_000 },
      { code: 'E_DEADLINE', retryAfter: 40_000 },
    ],
    [
      '429, a longest wait',
      throttled,
      { maxRetryAfter: 10_000 },
      { code: 'E_THROTTLED', retryAfter: 40_000 },
    ],
    [
      '503, a longest wait',
      unavailable,
      { maxRetryAfter: 10_000 },
      { code: 'E_UNAVAILABLE', retryAfter: 40_000 },
    ],
  ])(
    '%s: the call fails at once, with the time that the service asks for',
    async (_, turn, options, expected) => {
      const { directory, graph, clock } = await openFake({ users: 3, intervene: () => turn });
      await expect(directory.users.count({}, options)).rejects.toMatchObject(expected);
      expect([clock.monotonic(), graph.requests.length]).toEqual([0, 1]);
    },
  );

  it('other callers fail at once or wait, each by its own limits, and none sends before the time', async () => {
    const { directory, graph, clock } = await openFake({
      users: 3,
      intervene: (_request, nth) => (nth === 1 ? throttled : undefined),
    });
    await expect(directory.users.count({}, { deadline: 30_000 })).rejects.toMatchObject({
      code: 'E_DEADLINE',
    });
    await expect(directory.users.count({}, { deadline: 5_000 })).rejects.toMatchObject({
      code: 'E_DEADLINE',
      retryAfter: 40_000,
    });
    await expect(directory.users.count({}, { maxRetryAfter: 5_000 })).rejects.toMatchObject({
      code: 'E_THROTTLED',
      retryAfter: 40_000,
    });
    expect(graph.requests).toHaveLength(1);
    expect(await directory.users.count({}, { deadline: 90_000 })).toBe(3);
    expect(clock.monotonic()).toBeGreaterThanOrEqual(40_000);
    expect(graph.requests).toHaveLength(2);
  });
});
