import { expect, expectTypeOf, it } from 'vitest';

import { DeltaResetError } from '../errors/delta-reset-error.ts';
import type { HttpRequest } from '../ports.ts';
import { fakeId, type Turn } from '../testing/fake-graph.ts';
import { openFake } from '../testing/open-fake.ts';
import type { SelectedUser } from '../users/selected-user.ts';
import type { Directory } from '../users/directory.ts';
import { applyRound } from './apply-round.ts';
import { parseRoundEnd, type RoundEnd } from './round-end.ts';
import { readRound } from './round.ts';

const delta = 'https://graph.example/v1.0/users/delta';
const hour = 60 * 60 * 1000;
const day = 24 * hour;

const next = (token: string) => ({ '@odata.nextLink': `${delta}?$skiptoken=${token}` });
const end = (token: string) => ({ '@odata.deltaLink': `${delta}?$deltatoken=${token}` });

function world(intervene: (request: HttpRequest, nth: number) => Turn) {
  return openFake({ users: 0, intervene });
}

async function* cutShort() {
  yield { items: [{ id: 'a' }], retried: false, isFirstRound: true };
}

const select = ['displayName'] as const;

function readRoundOf(directory: Directory, from?: RoundEnd | string, signal?: AbortSignal) {
  return readRound(directory.users.changes(from, { select, signal }));
}

it('faults A6 row 68: is read to its delta link, and the next one begins there', async () => {
  const { directory, graph, clock } = await world((_request, nth) => ({
    body: [
      { value: [{ id: fakeId(1), displayName: 'One' }, { id: fakeId(2) }], ...next('a') },
      { value: [{ id: fakeId(1), displayName: 'Uno' }], ...end('b') },
      { value: [{ id: fakeId(2), '@removed': { reason: 'changed' } }], ...end('c') },
    ][nth - 1],
  }));
  const first = await readRoundOf(directory);
  const readAt = new Date(clock.wall()).toISOString();
  expect(first).toMatchObject({ first: true, end: { readAt } });
  let copy = applyRound(new Map(), first);
  expectTypeOf(copy).toEqualTypeOf<Map<string, SelectedUser<readonly ['displayName']>>>();
  expect([...copy.values()]).toEqual([{ id: fakeId(1), displayName: 'Uno' }, { id: fakeId(2) }]);

  const second = await readRoundOf(directory, first.end);
  expect(graph.requests.map(({ url }) => url.search)).toEqual([
    '?$select=id,displayName',
    '?$skiptoken=a',
    '?$deltatoken=b',
  ]);
  expect(second).toMatchObject({ first: false, end: { deltaLink: `${delta}?$deltatoken=c` } });
  copy = applyRound(copy, second);
  expect([...copy.keys()]).toEqual([fakeId(1)]);
});

it('can begin now, to report what changes while all users are listed', async () => {
  const { directory, graph } = await world(() => ({ body: { value: [], ...end('now') } }));
  const round = await readRoundOf(directory, 'latest');
  expect(graph.requests[0]?.url.search).toBe('?$select=id,displayName&$deltatoken=latest');
  // It contains no user, so it removes no user.
  const copy = new Map([[fakeId(1), { id: fakeId(1) }]]);
  expect(round.first).toBe(false);
  expect(applyRound(copy, round)).toEqual(copy);
});

it.each<[string, Turn, string]>([
  ['a page without either link', { body: { value: [] } }, 'E_PROTOCOL'],
  ['a refusal', { status: 403, body: { error: { code: 'x' } } }, 'E_ACCESS_DENIED'],
  ['a body that is none', { body: { value: null, ...end('b') } }, 'E_BAD_BODY'],
  [
    'a link that leads elsewhere',
    { body: { value: [], '@odata.deltaLink': 'https://hostile.example/v1.0/users/delta?a' } },
    'E_FOREIGN_LINK',
  ],
])('faults A6 row 68: a round cut short by %s is none', async (_name, turn, code) => {
  const { directory } = await world((_request, nth) =>
    nth === 1 ? { body: { value: [{ id: fakeId(1) }], ...next('a') } } : turn,
  );
  await expect(readRoundOf(directory)).rejects.toMatchObject({ code });
});

it('faults A6 row 68: pages that end without a delta link are an error', async () => {
  await expect(readRound(cutShort())).rejects.toMatchObject({
    code: 'E_PROTOCOL',
  });
});

it('stops when its signal is aborted', async () => {
  const controller = new AbortController();
  const { directory, graph } = await world(() => {
    controller.abort(new Error('enough'));
    return { body: { value: [], ...next('a') } };
  });
  await expect(readRoundOf(directory, undefined, controller.signal)).rejects.toThrow('enough');
  expect(graph.requests).toHaveLength(1);
});

it.each<[string, Turn]>([
  [
    '410',
    {
      status: 410,
      headers: { 'request-id': 'r', location: 'https://hostile.example/v1.0/users/delta' },
    },
  ],
  ['resyncRequired', { status: 400, body: { error: { code: 'resyncRequired' } } }],
])(
  'faults A6 row 71: a reset (%s) is said, and a new first round is asked for',
  async (_name, turn) => {
    const { directory, graph, clock } = await world(({ url }) =>
      url.search.includes('$deltatoken=old')
        ? turn
        : { body: { value: [{ id: fakeId(1) }], ...end('new') } },
    );
    const kept = {
      deltaLink: `${delta}?$deltatoken=old`,
      readAt: new Date(clock.wall() - hour).toISOString(),
    };
    const copy = new Map([fakeId(1), fakeId(2)].map((id) => [id, { id }]));
    const failure = await readRoundOf(directory, kept).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(DeltaResetError);
    expect(failure).toMatchObject({ code: 'E_DELTA_RESET', days: undefined, attempts: 1 });
    // Nothing starts over by itself: it is one request until the caller says so.
    expect(graph.requests).toHaveLength(1);
    const restarted = applyRound(copy, await readRoundOf(directory));
    expect([...restarted.keys()]).toEqual([fakeId(1)]);
    expect(graph.requests.map(({ url }) => url.origin)).not.toContain('https://hostile.example');
  },
);

it('faults A6 row 73: a link of over seven days is refused before a request is sent', async () => {
  const { directory, graph, clock, events } = await world(() => undefined);
  const kept = {
    deltaLink: `${delta}?$deltatoken=old`,
    readAt: new Date(clock.wall() - 7 * day - 1).toISOString(),
  };
  const failure = await readRoundOf(directory, kept).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(DeltaResetError);
  expect(failure).toMatchObject({ code: 'E_DELTA_RESET', days: 7, retryable: false });
  expect(String(failure)).toContain('more than 7 days old');
  await expect(directory.users.changes(kept)[Symbol.asyncIterator]().next()).rejects.toMatchObject({
    code: 'E_DELTA_RESET',
  });
  expect(graph.requests).toHaveLength(0);
  expect(events).toEqual([]);
});

it.each([
  ['seven days', 7 * day, 7],
  ['five days', 5 * day, 5],
  ['just under five days', 5 * day - 1, undefined],
  ['a clock that was set back', -hour, undefined],
])('faults A6 row 73: from five days on there is a warning: %s', async (_name, age, days) => {
  const { directory, graph, clock, events } = await world(() => ({
    body: { value: [], ...end('new') },
  }));
  const readAt = new Date(clock.wall() - age).toISOString();
  await readRoundOf(directory, { deltaLink: `${delta}?$deltatoken=old`, readAt });
  expect(graph.requests).toHaveLength(1);
  expect(events.filter(({ event }) => event === 'delta-link-expires')).toEqual(
    days === undefined ? [] : [{ event: 'delta-link-expires', fields: { days, lifetime: 7 } }],
  );
});

it.each<[string, unknown]>([
  ['no date', { deltaLink: `${delta}?$deltatoken=old` }],
  ['a date that is none', { deltaLink: `${delta}?$deltatoken=old`, readAt: 'never' }],
  ['a number as date', { deltaLink: `${delta}?$deltatoken=old`, readAt: 0 }],
  ['a link that is not text', { deltaLink: {}, readAt: '2026-11-22T00:00:00Z' }],
  ['a number', 5],
  ['null', null],
])('faults A6 row 73: a stored end with %s is rejected before anything is sent', (_name, kept) => {
  expect(() => parseRoundEnd(kept)).toThrow(expect.objectContaining({ code: 'E_QUERY' }));
});

it('accepts the end of a round after a way through JSON', async () => {
  const { directory, graph } = await world(() => ({ body: { value: [], ...end('b') } }));
  const first = await readRoundOf(directory);
  const stored = JSON.parse(JSON.stringify(first.end)) as RoundEnd;
  expect(stored).toEqual(first.end);
  await readRoundOf(directory, stored);
  expect(graph.requests[1]?.url.href).toBe(`${delta}?$deltatoken=b`);
});

it('faults A4 row 34: a kept link of another place is refused before anything is sent', async () => {
  const { directory, graph } = await world(() => undefined);
  const kept = {
    deltaLink: 'https://hostile.example/v1.0/users/delta',
    readAt: new Date(0).toISOString(),
  };
  await expect(readRoundOf(directory, kept)).rejects.toMatchObject({ code: 'E_FOREIGN_LINK' });
  expect(graph.requests).toHaveLength(0);
});
