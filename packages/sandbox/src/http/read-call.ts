import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

import type { Answer, Call } from './handler.ts';
import { readBody } from './read-body.ts';

/** A call, or the answer to a request that is none. */
export type ReadCall = { readonly call: Call } | { readonly refusal: Answer };

function joinHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const joined: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined) joined[name] = Array.isArray(value) ? value.join(', ') : value;
  return joined;
}

/**
 * Reads a request to its end.
 * @param originOf the origin that links in the answer shall name, for the `Host` header that came
 */
export async function readCall(
  request: IncomingMessage,
  originOf: (header: string) => string,
): Promise<ReadCall> {
  const body = await readBody(request);
  if (body === undefined) return { refusal: { status: 413, headers: { connection: 'close' } } };
  const target = request.url ?? '';
  const address = `${originOf(request.headers.host ?? '')}${target}`;
  if (!target.startsWith('/') || !URL.canParse(address))
    return { refusal: { status: 400, headers: {} } };
  const headers = joinHeaders(request.headers);
  return {
    call: {
      method: request.method ?? 'GET',
      url: new URL(address),
      headers,
      body,
      requestId: randomUUID(),
      clientRequestId: headers['client-request-id'],
    },
  };
}
