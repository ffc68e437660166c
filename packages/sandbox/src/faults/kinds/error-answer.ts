import type { Answer } from '../../http/handler.ts';
import { retryAfterHeader } from './retry-after.ts';
import type { FaultContext } from '../fault.ts';

const graphCodes: Readonly<Record<number, string>> = {
  408: 'RequestTimeout',
  425: 'TooEarly',
  429: 'TooManyRequests',
  500: 'generalException',
  501: 'NotImplemented',
  502: 'BadGateway',
  503: 'serviceNotAvailable',
  504: 'GatewayTimeout',
};

const hugeBytes = 5 * 1024 * 1024;

function jsonBody({ call, class: part, now }: FaultContext, status: number): string {
  if (part === 'graph')
    return JSON.stringify({
      error: {
        code: graphCodes[status] ?? 'UnknownError',
        message: `The sandbox is configured to return ${status}.`,
        innerError: {
          date: now.toISOString().slice(0, 19),
          'request-id': call.requestId,
          'client-request-id': call.clientRequestId ?? call.requestId,
        },
      },
    });
  const number = status === 429 ? 90_055 : 90_033;
  return JSON.stringify({
    error: 'temporarily_unavailable',
    error_description: `AADSTS${number}: The sandbox is configured to return ${status}. Trace ID: ${call.requestId}`,
    error_codes: [number],
    trace_id: call.requestId,
    correlation_id: call.requestId,
  });
}

const bodies = {
  json: { type: 'application/json', make: jsonBody },
  html: {
    type: 'text/html; charset=utf-8',
    make: (_: FaultContext, status: number) =>
      `<!DOCTYPE html><html><head><title>${status}</title></head><body><h1>${status}</h1><script>alert("a gateway's page")</script></body></html>`,
  },
  empty: { type: undefined, make: () => '' },
  huge: { type: 'text/html', make: () => '<p>busy</p>\n'.repeat(hugeBytes / 12) },
} as const;

/** Returns an error with this status in the format of the service; the fault's parameters set body and Retry-After. */
export function errorAnswer(context: FaultContext, status: number): Answer {
  const { body = 'json', retryAfter } = context.parameters;
  const { type, make } = Object.hasOwn(bodies, body)
    ? bodies[body as keyof typeof bodies]
    : bodies.json;
  return {
    status,
    headers: {
      ...(type === undefined ? {} : { 'content-type': type }),
      ...(retryAfter === undefined || retryAfter === ''
        ? {}
        : { 'retry-after': retryAfterHeader(retryAfter, context.now) }),
      'request-id': context.call.requestId,
    },
    body: make(context, status),
  };
}
