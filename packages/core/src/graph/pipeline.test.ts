import { describe, expect, it } from 'vitest';

import type { Turn } from '../testing/fake-graph.ts';
import { openFake } from '../testing/open-fake.ts';
import { retriedTimes } from './testing/retried-times.ts';

const html = `<html><script>canary</script>${'x'.repeat(5_000_000)}</html>`;

describe('statuses', () => {
  it.each([408, 425, 429, 500, 502, 503, 504])(
    'faults A1 row 10: %d is asked eight times',
    async (status) => {
      expect(await retriedTimes({ status })).toEqual({ requests: 8, category: 'service' });
    },
  );

  it.each([
    [400, 'usage'],
    [404, 'usage'],
    [405, 'usage'],
    [501, 'usage'],
    [505, 'service'],
  ])('faults A1 row 10: %d is asked once', async (status, category) => {
    expect(await retriedTimes({ status })).toEqual({ requests: 1, category });
  });

  it.each([500, 502, 503, 504])(
    'faults A1 row 9: %d with 5 MB of HTML is retried, and the HTML is shown nowhere',
    async (status) => {
      const { directory, events } = await openFake({
        users: 3,
        intervene: () => ({
          status,
          headers: { 'content-type': 'text/html' },
          body: Buffer.from(html),
        }),
      });
      const failure = await directory.users.count().catch((error: unknown) => error);
      expect(failure).toMatchObject({ code: 'E_UNAVAILABLE', status, attempts: 8 });
      expect(JSON.stringify([failure, String(failure), events])).not.toContain('canary');
    },
  );

  it.each([
    ['TooManyRequests', 'E_THROTTLED', 8],
    ['serviceNotAvailable', 'E_UNAVAILABLE', 8],
    ['Authorization_RequestDenied', 'E_FORBIDDEN', 1],
    ['somethingNew', 'E_BAD_BODY', 8],
    ['', 'E_BAD_BODY', 8],
  ])(
    'faults A1 row 12: a 200 with the error %j is that error and never a success',
    async (graphCode, code, attempts) => {
      const { directory } = await openFake({
        users: 3,
        intervene: () => ({ body: { error: { code: graphCode, message: 'm' }, value: [] } }),
      });
      const listing = directory.users.list({ limit: 5 });
      const walk = async (): Promise<void> => {
        for await (const page of listing.pages()) expect(page.items).toEqual([]);
      };
      await expect(walk()).rejects.toMatchObject({ code, attempts });
      expect(listing.receipt().complete).toBe(false);
    },
  );

  it.each([301, 302, 303, 307, 308])(
    'faults A4 rows 29 and 30: %d is refused at once, to a foreign host and to the same one',
    async (status) => {
      for (const location of [
        'https://attacker.example/?canary',
        '/v1.0/users',
        'http://x:1/',
        ':',
      ]) {
        const { directory, graph } = await openFake({
          users: 3,
          intervene: () => ({ status, headers: { location } }),
        });
        const failure = await directory.users.count().catch((error: unknown) => error);
        expect(failure).toMatchObject({ code: 'E_REDIRECT', category: 'integrity', status });
        expect(String(failure)).not.toContain('canary');
        expect(graph.requests).toHaveLength(1);
      }
    },
  );
});

describe('waiting', () => {
  it('faults A1 row 1: sends again 3.0 to 3.3 s after a 429 and says so, and the result is the same', async () => {
    const { directory, clock, events } = await openFake({
      users: 3,
      intervene: (_request, nth) =>
        nth === 1 ? { status: 429, headers: { 'retry-after': '3' } } : undefined,
    });
    expect(await directory.users.count()).toBe(3);
    expect(clock.monotonic()).toBeGreaterThanOrEqual(3000);
    expect(clock.monotonic()).toBeLessThanOrEqual(3300);
    expect(events).toEqual([
      { event: 'throttled', fields: expect.objectContaining({ attempt: 1, wait: 3150 }) },
    ]);
  });

  it('faults A1 row 4: one page is never asked for more than once in 500 ms', async () => {
    const times: number[] = [];
    const world = await openFake({
      users: 3,
      random: 0,
      intervene: (): Turn => {
        times.push(world.clock.monotonic());
        return { status: 429, headers: { 'retry-after': '0' } };
      },
    });
    await expect(world.directory.users.count()).rejects.toMatchObject({ code: 'E_THROTTLED' });
    expect(times).toHaveLength(8);
    const pauses = times.slice(1).map((time, at) => time - (times[at] ?? 0));
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(500);
  });

  it('faults A1 row 8: while one worker has to wait, none of the others sends', async () => {
    const times: number[] = [];
    const world = await openFake({
      users: 3,
      intervene: (_request, nth): Turn => {
        times.push(world.clock.monotonic());
        return nth === 1 ? { status: 429, headers: { 'retry-after': '30' } } : undefined;
      },
    });
    const first = world.directory.users.count();
    await expect.poll(() => world.events.length).toBe(1);
    const others = Array.from({ length: 20 }, () => world.directory.users.count());
    expect(await Promise.all([first, ...others])).toEqual(Array(21).fill(3));
    expect(times[0]).toBe(0);
    expect(Math.min(...times.slice(1))).toBeGreaterThanOrEqual(30_000);
  });

  it('faults A1 row 13: fifty workers in a burst of 503 send no more than their share and the budget', async () => {
    const { directory, graph } = await openFake({ users: 3, intervene: () => ({ status: 503 }) });
    const workers = Array.from({ length: 50 }, () => directory.users.count());
    const outcomes = await Promise.allSettled(workers);
    expect(outcomes.every(({ status }) => status === 'rejected')).toBe(true);
    expect(graph.requests.length).toBeLessThanOrEqual(50 + 100);
    expect(graph.requests.length).toBeGreaterThan(50);
  });

  it('faults A1 row 13: a service that spent the budget is left alone, then asked by one probe', async () => {
    let well = false;
    const { directory, graph, clock, events } = await openFake({
      users: 3,
      intervene: async () => {
        await clock.sleep(100);
        return well ? undefined : { status: 503 };
      },
    });
    const ask = async (workers = 50) => {
      const before = graph.requests.length;
      const asked = await Promise.allSettled(
        Array.from({ length: workers }, () => directory.users.count()),
      );
      const refused = asked.filter((each) => each.status === 'rejected');
      return {
        requests: graph.requests.length - before,
        answers: workers - refused.length,
        leftAlone: refused.filter(({ reason }) => (reason as Error).name === 'CircuitOpenError')
          .length,
      };
    };
    expect((await ask()).requests).toBeLessThanOrEqual(50 + 100);
    const start = clock.monotonic();
    expect(await ask()).toEqual({ requests: 0, answers: 0, leftAlone: 50 });
    expect(clock.monotonic()).toBe(start);
    clock.advance(30_000);
    expect(await ask()).toEqual({ requests: 1, answers: 0, leftAlone: 49 });
    clock.advance(29_000);
    expect(await ask()).toEqual({ requests: 0, answers: 0, leftAlone: 50 });
    clock.advance(1000);
    well = true;
    expect(await ask()).toEqual({ requests: 1, answers: 1, leftAlone: 49 });
    expect(await ask()).toEqual({ requests: 50, answers: 50, leftAlone: 0 });
    expect(
      events.map(({ event }) => event).filter((event) => event.startsWith('circuit-')),
    ).toEqual(['circuit-open', 'circuit-closed']);
    // The budget is whole again.
    well = false;
    expect((await ask()).requests).toBeGreaterThan(100);
  });

  it('faults A1 row 13: a probe whose caller goes away is followed by another', async () => {
    const { directory, graph, clock } = await openFake({
      users: 3,
      intervene: async ({ signal }) => {
        await clock.sleep(100, signal);
        return { status: 503 };
      },
    });
    const ask = (signal?: AbortSignal) => directory.users.count({}, { signal });
    await Promise.allSettled(Array.from({ length: 50 }, () => ask()));
    clock.advance(30_000);
    const gone = new AbortController();
    const before = graph.requests.length;
    const probe = ask(gone.signal);
    await expect(ask()).rejects.toMatchObject({ name: 'CircuitOpenError', code: 'E_UNAVAILABLE' });
    gone.abort(new Error('gone'));
    await expect(probe).rejects.toThrow('gone');
    await expect(ask()).rejects.toMatchObject({ name: 'UnavailableError' });
    expect(graph.requests).toHaveLength(before + 2);
  });

  it('faults A2 row 21: two hours of sleep in a backoff wake into one attempt, not a storm', async () => {
    const world = await openFake({
      users: 3,
      intervene(_request, nth) {
        if (nth > 1) return undefined;
        world.clock.advance(2 * 3_600_000);
        return { status: 503 };
      },
    });
    expect(await world.directory.users.count()).toBe(3);
    expect(world.graph.requests).toHaveLength(2);
  });

  it('stops at the deadline instead of waiting past it', async () => {
    const { directory, graph, clock } = await openFake({
      users: 3,
      deadline: 10_000,
      intervene: () => ({ status: 429, headers: { 'retry-after': '6' } }),
    });
    await expect(directory.users.count()).rejects.toMatchObject({
      code: 'E_DEADLINE',
      category: 'service',
    });
    expect(graph.requests).toHaveLength(2);
    expect(clock.monotonic()).toBeLessThan(10_000);
  });

  it('faults A1 row 7: an abort ends the wait', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    const { directory, graph } = await openFake({
      users: 3,
      intervene() {
        controller.abort(reason);
        return { status: 503 };
      },
    });
    await expect(directory.users.count({}, { signal: controller.signal })).rejects.toBe(reason);
    expect(graph.requests).toHaveLength(1);
  });
});

describe('bodies', () => {
  it.each([
    ['truncated', '{"value":[{"id":"a"}', 'E_BAD_BODY'],
    ['empty', '', 'E_BAD_BODY'],
    ['no JSON', 'canary', 'E_BAD_BODY'],
    ['a page of a web filter', '<html>canary</html>', 'E_GATEWAY'],
  ])(
    'faults A3 row 22: a body that is %s is retried, then refused by name',
    async (_name, text, code) => {
      const turn = { headers: { 'content-type': 'text/html' }, body: Buffer.from(text) };
      const once = await openFake({
        users: 3,
        intervene: (_request, nth) => (nth === 1 ? turn : undefined),
      });
      expect(await once.directory.users.count()).toBe(3);
      const always = await openFake({ users: 3, intervene: () => turn });
      const failure = await always.directory.users.count().catch((error: unknown) => error);
      expect(failure).toMatchObject({ code, attempts: 8 });
      expect(String(failure)).toMatch(/\(status 200, (?:\d+ bytes, )?text\/html\)/u);
      expect(String(failure)).not.toContain('canary');
    },
  );

  it('faults A3 row 26: JSON under a wrong type is taken, with a warning', async () => {
    const { directory, events } = await openFake({
      users: 3,
      intervene: () => ({ headers: { 'content-type': 'text/html' }, body: Buffer.from('7') }),
    });
    expect(await directory.users.count()).toBe(7);
    expect(events).toEqual([
      { event: 'unexpected-content-type', fields: { contentType: 'text/html', status: 200 } },
    ]);
  });

  it('faults A3 row 26: a byte order mark is dropped, invalid UTF-8 is a fault', async () => {
    const marked = await openFake({
      users: 3,
      intervene: () => ({ body: Buffer.from('\uFEFF893') }),
    });
    expect(await marked.directory.users.count()).toBe(893);
    const page = Buffer.from('{"value":[{"id":"a","displayName":"\u00FC"}]}', 'latin1');
    const invalid = await openFake({ users: 3, intervene: () => ({ body: page }) });
    await expect(invalid.directory.users.get('a@b.example')).rejects.toMatchObject({
      code: 'E_BAD_BODY',
      fault: 'encoding',
    });
  });

  it('faults A3 row 27: a body nested a million deep is refused, not a crash', async () => {
    const depth = 1_000_000;
    const text = `{"id":"a","x":${'['.repeat(depth)}${']'.repeat(depth)}}`;
    const { directory } = await openFake({
      users: 3,
      intervene: () => ({ body: Buffer.from(text) }),
    });
    await expect(directory.users.get('a@b.example')).rejects.toMatchObject({
      code: 'E_BAD_BODY',
      fault: 'too-deep',
      attempts: 1,
    });
  });

  it('faults A3 row 27: a second, empty value is an error and loses no user', async () => {
    const { directory } = await openFake({
      users: 3,
      intervene: (_request, nth) =>
        nth === 1 ? { body: Buffer.from('{"value":[{"id":"a"}],"value":[]}') } : undefined,
    });
    const listing = directory.users.list({ limit: 9 });
    expect(await Array.fromAsync(listing)).toHaveLength(3);
    expect(listing.receipt()).toMatchObject({ retries: 1, users: 3 });
  });

  it('faults A3 row 28: an id is text; other integers over 2^53 are rounded, as JSON.parse does', async () => {
    const { directory } = await openFake({
      users: 3,
      intervene: () => ({ body: Buffer.from('{"id":"9007199254740993","x":9007199254740993}') }),
    });
    expect(await directory.users.get('a@b.example')).toEqual({
      id: '9007199254740993',
      x: 9_007_199_254_740_992,
    });
  });
});

describe('links', () => {
  it('faults A4 row 32: the token is only sent to the origin of Graph, for any link in a page', async () => {
    const { directory, graph } = await openFake({
      users: 3,
      intervene: () => ({
        body: { value: [{ id: 'a' }], '@odata.nextLink': 'https://attacker.example/v1.0/users' },
      }),
    });
    const listing = directory.users.list({ limit: 9 });
    const walk = async (): Promise<void> => {
      for await (const page of listing.pages()) expect(page.items).toEqual([]);
    };
    await expect(walk()).rejects.toMatchObject({ code: 'E_FOREIGN_LINK', category: 'integrity' });
    expect(graph.requests.map(({ url }) => url.origin)).toEqual(['https://graph.example']);
  });
});
