import { context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import {
  InMemorySpanExporter,
  SimpleSpanProcessor,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { openDirectory, type HttpRequest } from '@rollcall/core';
import { expect, it, onTestFinished } from 'vitest';

import { startServer } from '../start-server.ts';
import { startTestServer } from '../testing/start-test-server.ts';
import { openTraces, type Traces } from './traces.ts';

/** Registers a real SDK, as a program that is loaded with --import does. */
function registerSdk(): InMemorySpanExporter {
  const exporter = new InMemorySpanExporter();
  const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });
  trace.setGlobalTracerProvider(provider);
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  onTestFinished(() => {
    trace.disable();
    context.disable();
    propagation.disable();
  });
  return exporter;
}

async function openForTest(): Promise<Traces> {
  const traces = await openTraces();
  onTestFinished(() => traces[Symbol.dispose]());
  return traces;
}

/** A server over a real directory whose Graph answers from memory. */
async function startOverGraph(
  traces: Traces,
  answer: (request: HttpRequest, nth: number) => number,
) {
  const sent: HttpRequest[] = [];
  const directory = await openDirectory(
    {
      tenant: 'contoso.example',
      authority: 'https://login.example/contoso.example',
      graph: 'https://graph.example/v1.0',
      credential: {
        getToken: async () => ({ token: 'token', expiresOnTimestamp: Date.now() + 3_600_000 }),
      },
    },
    {
      random: () => 0,
      async dispatch(request) {
        sent.push(request);
        const headers = { 'content-type': 'text/plain', 'request-id': `graph-${sent.length}` };
        return { status: answer(request, sent.length), headers, body: Buffer.from('3') };
      },
    },
  );
  const server = await startServer({ directory, log: () => {}, port: 0, traces });
  onTestFinished(async () => {
    server.cut();
    await server.drain();
    await directory[Symbol.asyncDispose]();
  });
  return { url: server.url, sent };
}

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const parentId = '00f067aa0ba902b7';

it('continues the trace of the caller, and passes it on to Graph with each attempt', async () => {
  const exporter = registerSdk();
  const { url, sent } = await startOverGraph(await openForTest(), (_, nth) =>
    nth === 1 ? 503 : 200,
  );
  const answer = await fetch(`${url}/v1.0/users/$count?$filter=canary eq 1`, {
    headers: {
      traceparent: `00-${traceId}-${parentId}-01`,
      tracestate: 'vendor=1',
      consistencylevel: 'eventual',
    },
  });
  await answer.text();
  await expect.poll(() => exporter.getFinishedSpans()).toHaveLength(3);
  const spans = exporter.getFinishedSpans();
  const server = spans.find(({ kind }) => kind === SpanKind.SERVER);
  expect(server).toMatchObject({
    name: 'GET /v1.0/users/$count',
    parentSpanContext: { traceId, spanId: parentId },
    attributes: {
      'http.route': '/v1.0/users/$count',
      'http.response.status_code': 200,
      'rollcall.request_id': answer.headers.get('request-id'),
    },
  });
  const clients = spans.filter(({ kind }) => kind === SpanKind.CLIENT);
  expect(clients).toMatchObject([
    { status: { code: SpanStatusCode.ERROR }, attributes: { 'http.response.status_code': 503 } },
    {
      status: { code: SpanStatusCode.UNSET },
      attributes: { 'server.address': 'graph.example', 'rollcall.upstream_request_id': 'graph-2' },
    },
  ]);
  for (const [index, span] of clients.entries()) {
    expect(span.parentSpanContext?.spanId).toBe(server?.spanContext().spanId);
    expect(sent[index]?.headers).toMatchObject({
      traceparent: `00-${traceId}-${span.spanContext().spanId}-01`,
      tracestate: 'vendor=1',
    });
  }
  const texts = spans.map(({ name, attributes, events }) => ({ name, attributes, events }));
  expect(JSON.stringify(texts)).not.toMatch(/canary|token/u);
});

it.each([
  ['absent', undefined],
  ['invalid', 'canary\u00ff'],
  ['of zeros', `00-${'0'.repeat(32)}-${parentId}-01`],
])('starts a trace of its own when traceparent is %s', async (_what, traceparent) => {
  const exporter = registerSdk();
  const { get, logged } = await startTestServer({ users: 3, traces: await openForTest() });
  await (await get('/livez', { headers: traceparent === undefined ? {} : { traceparent } })).text();
  await expect.poll(() => exporter.getFinishedSpans()).toHaveLength(1);
  const [span] = exporter.getFinishedSpans();
  expect(span?.parentSpanContext).toBeUndefined();
  const line = logged.find(({ event }) => event === 'request-completed');
  expect(line?.fields['traceId']).toBe(span?.spanContext().traceId);
});

it('marks what fails and what is cut as errors', async () => {
  const exporter = registerSdk();
  const traces = await openForTest();
  const { get } = await startTestServer({ users: 5, reconciled: false, traces });
  await expect(get('/users.csv').then(async (cut) => cut.text())).rejects.toThrow();
  await (await get('/no/route')).text();
  await expect.poll(() => exporter.getFinishedSpans()).toHaveLength(2);
  expect(exporter.getFinishedSpans()).toMatchObject([
    {
      name: 'GET /users.csv',
      status: { code: SpanStatusCode.ERROR },
      attributes: { 'error.type': 'Unproved' },
    },
    {
      name: 'GET',
      status: { code: SpanStatusCode.UNSET },
      attributes: { 'error.type': 'no_such_route' },
    },
  ]);
});

it('does nothing, and says so, without an SDK', async () => {
  const traces = await openForTest();
  expect(traces.isRegistered).toBe(false);
  const { url, sent } = await startOverGraph(traces, () => 200);
  expect(
    (await fetch(`${url}/v1.0/users/$count`, { headers: { consistencylevel: 'eventual' } })).status,
  ).toBe(200);
  expect(Object.keys(sent[0]?.headers ?? {})).not.toContain('traceparent');
});
