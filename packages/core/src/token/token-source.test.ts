import { describe, expect, it } from 'vitest';

import { TokenEndpointError } from '../errors/token-endpoint-error.ts';
import { createEventLog } from '../testing/event-log.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import type { AccessToken } from '../credential/access-token.ts';
import { createAccessToken } from '../credential/token-response/parse-token-response.ts';
import { createTokenSource } from './token-source.ts';
import type { TokenRequest } from '../credential/access-token.ts';

const scopes = ['https://graph.microsoft.com/.default'];
const hour = 3_600_000;
const minute = 60_000;

function settled(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

function setUp(lifetime = 3600) {
  const clock = createFakeClock();
  const { log, logged } = createEventLog();
  const asked: (TokenRequest & { rejected?: AccessToken | undefined })[] = [];
  const state: { down: boolean; gate?: Promise<void> } = { down: false };
  const source = createTokenSource(
    {
      async requestToken(request) {
        asked.push(request);
        const name = `token-${asked.length}`;
        await state.gate;
        if (state.down) throw new TokenEndpointError({ status: 503 });
        return createAccessToken(name, lifetime, undefined, clock);
      },
    },
    { clock, log },
  );
  const get = async (request: Partial<TokenRequest> = {}) =>
    (await source.getToken({ scopes, ...request })).token.reveal();
  const warnings = () =>
    logged.flatMap(({ level, event, fields }) => (level === 'warn' ? [{ event, ...fields }] : []));
  return { clock, warnings, asked, state, source, get };
}

describe('token source', () => {
  it('asks once, and serves from memory until 300 s before the end', async () => {
    const { clock, asked, get } = setUp();
    expect(await get()).toBe('token-1');
    clock.advance(hour - 301_000);
    expect(await get()).toBe('token-1');
    expect(asked).toHaveLength(1);
  });

  it('faults A5 row 43: renews in the background at least 300 s before the end', async () => {
    const { clock, asked, get } = setUp();
    await get();
    clock.advance(hour - 300_000);
    expect(await get()).toBe('token-1');
    await settled();
    expect(asked).toHaveLength(2);
    expect(await get()).toBe('token-2');
  });

  it('faults A5 row 44: ten workers with the same rejected token cause one renewal', async () => {
    const { asked, source } = setUp();
    const token = await source.getToken({ scopes });
    const tokens = await Promise.all(
      Array.from({ length: 10 }, () => {
        source.reject(token);
        return source.getToken({ scopes });
      }),
    );
    source.reject(token);
    expect(new Set(tokens.map((each) => each.token.reveal()))).toEqual(new Set(['token-2']));
    expect((await source.getToken({ scopes })).token.reveal()).toBe('token-2');
    expect(asked.map(({ rejected }) => rejected?.token.reveal())).toEqual([undefined, 'token-1']);
  });

  it('faults A5 row 45: a claims challenge gets a new token, which all use from then on', async () => {
    const { asked, get } = setUp();
    await get();
    const claims = '{"access_token":{"nbf":{"essential":true,"value":"1"}}}';
    expect(await get({ claims })).toBe('token-2');
    expect(asked[1]?.claims).toBe(claims);
    expect(await get()).toBe('token-2');
  });

  it.each(['cold', 'expired'])('faults A5 row 47: 1,000 callers, %s: one post', async (state) => {
    const { clock, asked, get } = setUp();
    if (state === 'expired') {
      await get();
      clock.advance(2 * hour);
    }
    const before = asked.length;
    const tokens = await Promise.all(Array.from({ length: 1000 }, () => get()));
    expect(asked.length - before).toBe(1);
    expect(new Set(tokens).size).toBe(1);
  });

  it('faults A5 row 47: 1,000 callers of an expiring token: one request, and no caller waits for it', async () => {
    const { clock, asked, state, get } = setUp();
    await get();
    clock.advance(hour - 4 * minute);
    const { promise, resolve } = Promise.withResolvers<void>();
    state.gate = promise;
    const tokens = await Promise.all(Array.from({ length: 1000 }, () => get()));
    expect(new Set(tokens)).toEqual(new Set(['token-1']));
    expect(asked).toHaveLength(2);
    resolve();
    await settled();
    expect(await get()).toBe('token-2');
  });

  it('faults A5 row 47: a failed flight rejects all of its callers with one error and is not kept', async () => {
    const { asked, state, get } = setUp();
    state.down = true;
    const results = await Promise.allSettled(Array.from({ length: 1000 }, () => get()));
    const reasons = new Set(
      results.map((each) => (each as PromiseRejectedResult).reason as unknown),
    );
    expect(reasons.size).toBe(1);
    expect(asked).toHaveLength(1);
    state.down = false;
    expect(await get()).toBe('token-2');
  });

  it("faults A5 row 47: one caller's abort does not end the others' flight", async () => {
    const { asked, state, get } = setUp();
    const { promise, resolve } = Promise.withResolvers<void>();
    state.gate = promise;
    const stop = new AbortController();
    const first = get({ signal: stop.signal });
    const second = get();
    stop.abort(new Error('enough'));
    await expect(first).rejects.toThrow('enough');
    resolve();
    expect(await second).toBe('token-1');
    expect(asked).toHaveLength(1);
  });

  it('faults A5 row 48: the old token serves to its last half minute while renewal fails, with warnings', async () => {
    const { clock, asked, state, warnings, get } = setUp();
    await get();
    clock.advance(hour - 300_000);
    state.down = true;
    for (let second = 0; second < 269; second += 1) {
      expect(await get()).toBe('token-1');
      await settled();
      clock.advance(1000);
    }
    expect(asked.length - 1).toBe(90);
    expect(warnings()).toHaveLength(90);
    expect(warnings()[0]).toMatchObject({
      event: 'token-refresh-failed',
      code: 'E_UNAVAILABLE',
      secondsLeft: 300,
    });
    clock.advance(1000);
    await expect(get()).rejects.toMatchObject({ code: 'E_UNAVAILABLE' });
  });

  it('rides out an endpoint that is down for all but the last minute of a life', async () => {
    const { clock, state, get } = setUp();
    await get();
    state.down = true;
    for (let passed = minute; passed < hour; passed += minute) {
      if (passed === hour - minute) state.down = false;
      clock.advance(minute);
      await get();
      await settled();
    }
    clock.advance(minute);
    expect(await get()).not.toBe('token-1');
  });

  it('faults A5 row 53: a wall clock set back does not lengthen a life', async () => {
    const { clock, asked, get } = setUp();
    await get();
    clock.setWall(-10 * hour);
    clock.advance(hour);
    await get();
    expect(asked).toHaveLength(2);
  });

  it('requests a token after a suspend that only the wall clock has counted, once', async () => {
    const { clock, asked, get } = setUp();
    await get();
    clock.setWall(2 * hour);
    expect(await get()).toBe('token-2');
    expect(await get()).toBe('token-2');
    expect(asked).toHaveLength(2);
  });

  it('keeps tokens of different scopes apart, regardless of their order', async () => {
    const { asked, get } = setUp();
    await get({ scopes: ['a', 'b'] });
    await get({ scopes: ['b', 'a'] });
    await get({ scopes: ['a'] });
    expect(asked).toHaveLength(2);
  });

  it('interrupts a post under way when closed', async () => {
    const { asked, source, get } = setUp();
    await get();
    await source[Symbol.asyncDispose]();
    expect(asked[0]?.signal?.aborted).toBe(true);
    await expect(get()).rejects.toThrow('closed');
  });
});
