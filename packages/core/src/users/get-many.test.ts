import { expect, it } from 'vitest';

import type { HttpRequest } from '../ports.ts';
import { fakeId, type Turn } from '../testing/fake-graph.ts';
import { openFake } from '../testing/open-fake.ts';

interface SubRequest {
  readonly id: string;
  readonly method: string;
  readonly url: string;
}

/** Answers a batch out of order, each question by itself. */
function batchOf(answer: (url: string, nth: number) => object) {
  return ({ url, method, body = '' }: HttpRequest, nth: number): Turn => {
    if (method !== 'POST' || url.pathname !== '/v1.0/$batch') return undefined;
    const { requests } = JSON.parse(body) as { requests: SubRequest[] };
    if (requests.length > 20) return { status: 400 };
    const responses = requests.map(({ id, url: path }) => Object.assign(answer(path, nth), { id }));
    return { body: { responses: responses.toReversed() } };
  };
}

const found = (url: string): object => ({
  status: 200,
  body: {
    '@odata.context': 'https://graph.example/v1.0/$metadata#users/$entity',
    id: decodeURIComponent(url.slice('/users/'.length).split('?')[0] ?? ''),
  },
});

it('asks twenty at a time and gives an outcome for each id, in order', async () => {
  const { directory, graph } = await openFake({
    users: 0,
    intervene: batchOf((url) =>
      url.includes('unknown') ? { status: 404, body: { error: { code: 'x' } } } : found(url),
    ),
  });
  const ids = [
    ...Array.from({ length: 30 }, (_, at) => fakeId(at)),
    'unknown@contoso.example',
    '../groups',
    'x_y#EXT#@contoso.example',
  ];
  const outcomes = await Array.fromAsync(directory.users.getMany(ids, { select: ['mail'] }));
  expect(outcomes.map(({ id }) => id)).toEqual(ids);
  expect(outcomes.map((each) => ('user' in each ? each.user.id : each.error))).toEqual([
    ...ids.slice(0, 30),
    expect.objectContaining({ code: 'E_NO_SUCH_USER' }),
    expect.objectContaining({ code: 'E_QUERY' }),
    'x_y#EXT#@contoso.example',
  ]);
  expect(graph.requests).toHaveLength(2);
  expect(graph.requests[0]?.body).toContain(`"/users/${fakeId(0)}?$select=id,mail"`);
});

it('repeats only the requests that were throttled, after the longest wait', async () => {
  const { directory, graph, clock } = await openFake({
    users: 0,
    intervene: batchOf((url, nth) =>
      nth === 1 && url.includes(fakeId(1))
        ? { status: 429, headers: { 'Retry-After': '7' } }
        : found(url),
    ),
  });
  const ids = [0, 1, 2].map(fakeId);
  const outcomes = await Array.fromAsync(directory.users.getMany(ids));
  expect(outcomes.every((each) => 'user' in each)).toBe(true);
  expect(clock.monotonic()).toBeGreaterThanOrEqual(7000);
  expect(JSON.parse(graph.requests[1]?.body ?? '')).toMatchObject({
    requests: [{ id: '1', method: 'GET', url: `/users/${fakeId(1)}` }],
  });
});

it('takes no answer with an outcome missing', async () => {
  const { directory, graph } = await openFake({
    users: 0,
    intervene: () => ({ body: { responses: [] } }),
  });
  const outcomes = Array.fromAsync(directory.users.getMany([fakeId(0)]));
  await expect(outcomes).rejects.toMatchObject({ code: 'E_BAD_BODY', attempts: 8 });
  expect(graph.requests).toHaveLength(8);
});
