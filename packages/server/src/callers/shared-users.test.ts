import { describe, expect, it } from 'vitest';

import { createMemoryDirectory, type MemoryOptions, person } from '../testing/memory-directory.ts';
import { startTestServer } from '../testing/start-test-server.ts';
import { createSharedUsers, maxAgeOf } from './shared-users.ts';

function setUp(options: Partial<MemoryOptions> = {}) {
  const state = { now: 0 };
  const directory = createMemoryDirectory({ users: 5_000, ...options });
  const limits = { cacheAge: 2_000, cachedUsers: 2_500 };
  const shared = createSharedUsers(directory.users, limits, () => state.now);
  const ages: number[] = [];
  const view = (maxAge = Infinity) =>
    shared.viewFor({ maxAge, onAge: (age) => void ages.push(age) });
  return { state, directory, view, ages };
}

describe('equal reads', () => {
  it('faults A9 row 100: of 500 cold callers are one read', async () => {
    const { get, directory } = await startTestServer({
      users: 1_000,
      limits: { cacheAge: 60_000, reads: 500 },
    });
    const answers = await Promise.all(
      Array.from({ length: 500 }, async () => (await get('/v1.0/users?$top=50')).text()),
    );
    expect(answers).toHaveLength(500);
    for (const text of answers) expect(text).toContain(person(49).id);
    expect(directory.asked).toHaveLength(1);
  });

  it('are returned for a short time with their age, then read again', async () => {
    const { state, directory, view, ages } = setUp();
    await view().page({ pageSize: 10 });
    state.now = 1_900;
    await view().page({ pageSize: 10 });
    expect([directory.asked.length, ages]).toEqual([1, [1_900]]);
    state.now = 2_000;
    await view().page({ pageSize: 10 });
    expect(directory.asked).toHaveLength(2);
  });

  it('differ by query, link, ID and operation', async () => {
    const { directory, view } = setUp();
    const users = view();
    await users.page({ pageSize: 10 });
    await users.page({ pageSize: 10, select: ['id'] });
    await users.page({ pageSize: 10 }, { link: 'https://graph.example/v1.0/users?$skiptoken=10' });
    await users.count({});
    await users.count({ filter: 'accountEnabled eq true' });
    await users.get(person(1).id);
    await users.get(person(2).id);
    expect(directory.asked).toHaveLength(7);
  });

  it('are not used by a caller that wants its own, or a younger one', async () => {
    const { state, directory, view } = setUp();
    await view().count({});
    await view(0).count({});
    state.now = 1_500;
    await view(1_000).count({});
    expect(directory.asked).toHaveLength(3);
    state.now = 2_400;
    await view(1_000).count({});
    expect(directory.asked).toHaveLength(3);
  });

  it('that fail are not kept', async () => {
    let failures = 1;
    const { directory, view } = setUp({
      before: () => {
        failures -= 1;
        if (failures >= 0) throw new Error('gone');
      },
    });
    await expect(view().page({})).rejects.toThrow('gone');
    expect((await view().page({})).items).toHaveLength(999);
    expect(directory.asked).toHaveLength(2);
  });

  it('continue for the others when one caller leaves, and end with the last one', async () => {
    const release = Promise.withResolvers<void>();
    const { directory, view } = setUp({
      before: async (_page, signal) =>
        Promise.race([
          release.promise,
          new Promise<void>((_resolve, reject) => {
            signal?.addEventListener('abort', () => reject(signal.reason as Error));
          }),
        ]),
    });
    const one = new AbortController();
    const other = new AbortController();
    const first = view().page({}, { signal: one.signal });
    const second = view().page({}, { signal: other.signal });
    one.abort(new Error('one left'));
    await expect(first).rejects.toThrow('one left');
    expect(directory.aborted).toEqual([]);
    other.abort(new Error('other left'));
    await expect(second).rejects.toThrow('other left');
    expect(directory.aborted).toHaveLength(1);
    release.resolve();
    expect((await view().page({})).items).toHaveLength(999);
  });

  it('keep a limited number of users', async () => {
    const { directory, view } = setUp();
    for (const pageSize of [997, 998, 999]) await view().page({ pageSize });
    await view().page({ pageSize: 999 });
    expect(directory.asked).toHaveLength(3);
    await view().page({ pageSize: 997 });
    expect(directory.asked).toHaveLength(4);
  });
});

it.each([
  [undefined, Infinity],
  ['no-cache', 0],
  ['No-Store', 0],
  ['max-age=5', 5_000],
  ['max-age=5, max-age=1', 1_000],
  ['max-age=0', 0],
  ['max-age="3"', 3_000],
  ['max-age=-1', Infinity],
  ['no-transform', Infinity],
])('Cache-Control %s accepts an age of %d ms', (header, expected) => {
  expect(maxAgeOf(header)).toBe(expected);
});

it('a response of another request has its age, and no-cache is obeyed', async () => {
  const { get, directory } = await startTestServer({ users: 3, limits: { cacheAge: 60_000 } });
  expect((await get('/v1.0/users')).headers.get('age')).toBeNull();
  expect((await get('/v1.0/users')).headers.get('age')).toBe('0');
  await get('/v1.0/users', { headers: { 'cache-control': 'no-cache' } });
  expect(directory.asked).toHaveLength(2);
});
