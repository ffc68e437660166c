import { describe, expect, it } from 'vitest';

import { openDirectory } from '../open-directory.ts';
import type { Directory } from '../users/directory.ts';
import type { HttpRequest } from '../ports.ts';
import { fakeId } from '../testing/fake-graph.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { openFake } from '../testing/open-fake.ts';
import { createDeadline } from './deadline.ts';

const days = 24 * 3_600_000;
const never = new Promise<never>(() => {});

const calls: readonly (readonly [string, (directory: Directory) => Promise<unknown>])[] = [
  ['list', ({ users }) => Array.fromAsync(users.list())],
  ['page', ({ users }) => users.page()],
  ['get', ({ users }) => users.get(fakeId(1))],
  ['getMany', ({ users }) => Array.fromAsync(users.getMany([fakeId(1)]))],
  ['changes', ({ users }) => Array.fromAsync(users.changes())],
  ['count', ({ users }) => users.count()],
  ['getToken', ({ credential }) => credential.getToken('https://graph.example/.default')],
];

describe.each(calls)('the deadline of %s', (_name, call) => {
  it('bounds the wait for a token, and only the wait of that caller', async () => {
    const hung = Promise.withResolvers<void>();
    const { directory, clock, graph, tokens } = await openFake({
      users: 3,
      deadline: 2000,
      beforeToken: () => hung.promise,
    });
    clock.advance(30 * days);
    const start = clock.monotonic();
    await expect(call(directory)).rejects.toMatchObject({
      code: 'E_DEADLINE',
      category: 'service',
      message: 'Timed out while requesting a token.',
    });
    expect(clock.monotonic() - start).toBe(2000);
    hung.resolve();
    expect(await directory.users.count()).toBe(3);
    expect(tokens).toHaveLength(1);
    expect(graph.requests.map(({ url }) => url.pathname)).toEqual(['/v1.0/users/$count']);
  });

  it('counts from its start, not from the opening of the directory', async () => {
    const { directory, clock } = await openFake({
      users: 3,
      deadline: 2000,
      intervene: ({ url, body }) => {
        if (url.pathname.endsWith('/delta'))
          return {
            body: { value: [], '@odata.deltaLink': 'https://graph.example/v1.0/users/delta?$d=1' },
          };
        return body === undefined
          ? undefined
          : { body: { responses: [{ id: '0', status: 200, body: { id: fakeId(1) } }] } };
      },
    });
    clock.advance(30 * days);
    await expect(call(directory)).resolves.toBeDefined();
    clock.advance(30 * days);
    await expect(call(directory)).resolves.toBeDefined();
  });
});

describe('a listing with a deadline', () => {
  it('begins to count with its first page, and counts all of them', async () => {
    const world = await openFake({
      users: 10,
      deadline: 10_000,
      intervene: async () => {
        await world.clock.sleep(3000);
        return undefined;
      },
    });
    const listing = world.directory.users.list({ pageSize: 1 });
    world.clock.advance(30 * days);
    const start = world.clock.monotonic();
    await expect(Array.fromAsync(listing)).rejects.toMatchObject({ code: 'E_DEADLINE' });
    // The fake graph does not know of time limits: the request under way is answered at 12 s.
    expect(world.clock.monotonic() - start).toBe(12_000);
    expect(world.graph.requests.map(({ timeout }) => timeout)).toEqual([10_000, 7000, 4000, 1000]);
    expect(listing.receipt()).toMatchObject({ complete: false, users: 3 });
  });
});

it('leaves to the sending what the wait for a token has left', async () => {
  const world = await openFake({
    users: 3,
    deadline: 5000,
    beforeToken: () => world.clock.sleep(4000),
  });
  await world.directory.users.count();
  expect(world.graph.requests[0]?.timeout).toBe(1000);
});

it('gives every id of a batch its own outcome when the service asks for more time than there is', async () => {
  const { directory } = await openFake({
    users: 3,
    deadline: 5000,
    intervene: () => ({
      body: {
        responses: [
          { id: '0', status: 200, body: { id: fakeId(0) } },
          { id: '1', status: 429, headers: { 'Retry-After': '60' }, body: null },
        ],
      },
    }),
  });
  expect(await Array.fromAsync(directory.users.getMany([fakeId(0), fakeId(1)]))).toMatchObject([
    { user: { id: fakeId(0) } },
    { error: { code: 'E_DEADLINE', cause: { name: 'ThrottledError' } } },
  ]);
});

it('gives a request to the identity platform the time of any request', async () => {
  const requests: HttpRequest[] = [];
  await using directory = await openDirectory(
    {
      tenant: '11111111-2222-4333-8444-555555555555',
      clientId: 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee',
      credential: { kind: 'client-secret', secret: 'a-secret-that-is-long-enough' },
      requestTimeout: '7s',
    },
    {
      clock: createFakeClock(),
      dispatch: async (request) => {
        requests.push(request);
        const reply = { token_type: 'Bearer', expires_in: 3599, access_token: 't' };
        return { status: 200, headers: {}, body: Buffer.from(JSON.stringify(reply)) };
      },
    },
  );
  await directory.credential.getToken('https://graph.microsoft.com/.default');
  expect(requests.map(({ timeout }) => timeout)).toEqual([7000]);
});

it('has nothing left once it has passed, and leaves the others waiting', async () => {
  const clock = createFakeClock();
  const deadline = createDeadline(clock, 100);
  const other = createDeadline(clock, 5000).bound('token', clock.sleep(1000));
  await expect(deadline.bound('token', never)).rejects.toMatchObject({ waitedFor: 'token' });
  expect([deadline.left(), clock.monotonic()]).toEqual([0, 100]);
  await other;
  expect(clock.monotonic()).toBe(1000);
  expect(createDeadline(clock).left()).toBe(Infinity);
});
