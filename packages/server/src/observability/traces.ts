import { tracingChannel } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';

import { requestChannel, SettingsError, type RequestMessage } from '@rollcall/core';
import type { Attributes, Span } from '@opentelemetry/api';

/** A request of Express. The declarations of this package must not need those of Express. */
export type TracedRequest = IncomingMessage & { readonly protocol: string };

/** What a trace says of a request at its end. */
export interface TracedCall {
  readonly requestId: string;
  readonly route?: string | undefined;
  readonly caller?: string | undefined;
  readonly failure?: string | undefined;
}

/** Spans of requests, and of the requests to Graph that belong to them. */
export interface Traces extends Disposable {
  /**
   * Runs `next` within the span of a request, which ends with the response. The span continues the trace of the header
   * `traceparent`.
   * @returns the trace ID, for the log
   */
  run(request: TracedRequest, response: ServerResponse, call: TracedCall, next: () => void): string;
  /** Whether an OpenTelemetry SDK is registered in this process, so that spans are recorded. */
  readonly isRegistered: boolean;
}

const name = '@rollcall/server';

async function loadApi() {
  try {
    return await import('@opentelemetry/api');
  } catch {
    throw new SettingsError([
      {
        path: 'traces',
        source: '--traces',
        message: 'needs the package @opentelemetry/api, which is not installed',
        hint: 'Run npm install @opentelemetry/api, and an OpenTelemetry SDK.',
      },
    ]);
  }
}

/** Facts about a request before it is answered: no path and no query, because they can contain personal data. */
function startAttributes(request: TracedRequest, { requestId }: TracedCall): Attributes {
  return {
    'http.request.method': request.method ?? '',
    'url.scheme': request.protocol,
    'rollcall.request_id': requestId,
  };
}

/**
 * Creates spans with the OpenTelemetry SDK that is registered in this process, with its propagator and its sampler.
 * @throws {SettingsError} when `@opentelemetry/api` is not installed
 */
export async function openTraces(): Promise<Traces> {
  const { context, propagation, SpanKind, SpanStatusCode, trace, isSpanContextValid } =
    await loadApi();
  const tracer = trace.getTracer(name);
  const upstream = new WeakMap<RequestMessage, Span>();

  function endSpan(span: Span, response: ServerResponse, call: TracedCall): void {
    const { statusCode, writableFinished } = response;
    const { route, caller, failure } = call;
    span.setAttribute('http.response.status_code', statusCode);
    if (route !== undefined) {
      span.updateName(`${response.req.method ?? ''} ${route}`);
      span.setAttribute('http.route', route);
    }
    if (caller !== undefined) span.setAttribute('rollcall.caller', caller);
    if (failure !== undefined) span.setAttribute('error.type', failure);
    if (statusCode >= 500 || !writableFinished) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
  }

  const subscribers = {
    start(message: RequestMessage) {
      const parent = context.active();
      // A request outside the span of a caller's request starts no trace of its own.
      if (trace.getSpan(parent) === undefined) return;
      const span = tracer.startSpan(
        message.method,
        {
          kind: SpanKind.CLIENT,
          attributes: {
            'http.request.method': message.method,
            'server.address': message.host,
            'server.port': message.port,
          },
        },
        parent,
      );
      upstream.set(message, span);
      propagation.inject(trace.setSpan(parent, span), message.headers);
    },
    end() {},
    asyncStart() {},
    error(message: RequestMessage & { readonly error: unknown }) {
      const span = upstream.get(message);
      span?.setStatus({ code: SpanStatusCode.ERROR });
      const { error } = message;
      const code = (error as { readonly code?: unknown }).code;
      span?.setAttribute('error.type', typeof code === 'string' ? code : 'aborted');
    },
    asyncEnd(message: RequestMessage) {
      const { status, requestId } = message;
      const span = upstream.get(message);
      if (status !== undefined) span?.setAttribute('http.response.status_code', status);
      if (requestId !== undefined) span?.setAttribute('rollcall.upstream_request_id', requestId);
      if (status !== undefined && status >= 400) span?.setStatus({ code: SpanStatusCode.ERROR });
      span?.end();
    },
  };
  const channel = tracingChannel<unknown, RequestMessage>(requestChannel);
  channel.subscribe(subscribers);

  const probe = tracer.startSpan('start');
  const isRegistered = isSpanContextValid(probe.spanContext());
  return {
    isRegistered,
    run(request, response, call, next) {
      const parent = propagation.extract(context.active(), request.headers);
      const options = { kind: SpanKind.SERVER, attributes: startAttributes(request, call) };
      const span = tracer.startSpan(request.method ?? 'HTTP', options, parent);
      response.once('close', () => endSpan(span, response, call));
      context.with(trace.setSpan(parent, span), next);
      return span.spanContext().traceId;
    },
    [Symbol.dispose]: () => channel.unsubscribe(subscribers),
  };
}
