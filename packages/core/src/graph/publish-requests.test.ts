import { tracingChannel } from 'node:diagnostics_channel';

import { expect, it, onTestFinished } from 'vitest';

import { openFake } from '../testing/open-fake.ts';
import { requestChannel, type RequestMessage } from './request-channel.ts';

type Seen = readonly [event: string, status: number | undefined];

function subscribe(headers: Readonly<Record<string, string>> = {}) {
  const seen: Seen[] = [];
  const messages = new Set<RequestMessage>();
  const note = (event: string) => (message: unknown) => {
    const request = message as RequestMessage;
    if (event === 'start') Object.assign(request.headers, headers);
    messages.add(request);
    seen.push([event, request.status]);
  };
  const channel = tracingChannel(requestChannel);
  const subscribers = {
    start: note('start'),
    end: () => {},
    asyncStart: () => {},
    asyncEnd: note('asyncEnd'),
    error: note('error'),
  };
  channel.subscribe(subscribers);
  onTestFinished(() => channel.unsubscribe(subscribers));
  return { seen, messages };
}

it('publishes every request that is sent, retries included, and what came of it', async () => {
  const { seen, messages } = subscribe();
  const { directory } = await openFake({
    users: 3,
    intervene: (_, nth) => {
      if (nth === 1) return { status: 503, headers: { 'request-id': 'first' } };
      return nth === 2 ? new Error('reset') : undefined;
    },
  });
  await directory.users.count().catch(() => {});
  await directory.users.get('canary@contoso.example').catch(() => {});
  expect(seen).toEqual([
    ['start', undefined],
    ['asyncEnd', 503],
    ['start', undefined],
    ['error', undefined],
    ['asyncEnd', undefined],
    ['start', undefined],
    ['asyncEnd', 404],
  ]);
  expect([...messages][0]).toMatchObject({ host: 'graph.example', port: 443, requestId: 'first' });
  expect(JSON.stringify([...messages])).not.toMatch(/canary|token|users/u);
});

it('sends the headers that a subscriber adds, and lets it change none', async () => {
  subscribe({ traceparent: '00-1-2-01', authorization: 'canary', 'client-request-id': 'canary' });
  const { directory, graph } = await openFake({ users: 3 });
  await directory.users.count();
  expect(graph.requests[0]?.headers).toMatchObject({
    traceparent: '00-1-2-01',
    authorization: 'Bearer token-1',
  });
  expect(JSON.stringify(graph.requests[0]?.headers)).not.toContain('canary');
});

it('changes nothing without a subscriber', async () => {
  const { directory, graph } = await openFake({ users: 3 });
  await directory.users.count();
  expect(Object.keys(graph.requests[0]?.headers ?? {})).not.toContain('traceparent');
});
