import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { Answer } from '../http/handler.ts';
import { readBody } from '../http/read-body.ts';
import { send, toMessage } from '../http/send.ts';

/** One request to the control port. */
export interface ControlCall {
  readonly url: URL;
  /** Parsed JSON of a POST; undefined when there is none. */
  readonly body?: unknown;
}

/** By method and path, as in `GET /journal`. */
export type ControlRoutes = Readonly<
  Record<string, (call: ControlCall) => Answer | Promise<Answer>>
>;

export function jsonAnswer(value: unknown, status = 200): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
    body: `${JSON.stringify(value)}\n`,
  };
}

export interface ControlServer {
  readonly url: string;
  close(): Promise<void>;
}

const loopbackHost = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/u;

async function answerTo(request: IncomingMessage, routes: ControlRoutes): Promise<Answer> {
  // A web page must not reach the control API through a host name that resolves to loopback (DNS rebinding).
  if (!loopbackHost.test(request.headers.host ?? '')) return jsonAnswer({ error: 'host' }, 421);
  const url = new URL(`http://localhost${request.url ?? '/'}`);
  const route = routes[`${request.method} ${url.pathname}`];
  if (route === undefined)
    return jsonAnswer({ error: 'not found', routes: Object.keys(routes) }, 404);
  if (request.method === 'GET') return route({ url });
  // Other origins cannot send this type without a preflight, which is never granted.
  if (request.headers['content-type']?.startsWith('application/json') !== true)
    return jsonAnswer({ error: 'content-type must be application/json' }, 415);
  const body = await readBody(request);
  try {
    return await route({ url, body: JSON.parse(body?.toString('utf8') ?? '') });
  } catch (error) {
    return jsonAnswer({ error: error instanceof Error ? error.message : 'bad request' }, 400);
  }
}

/** The port for tests and people: plain HTTP on loopback, apart from the tenant's own origin. */
export async function startControlServer(
  port: number,
  routes: ControlRoutes,
): Promise<ControlServer> {
  const server = createServer((request, response) => {
    void answerTo(request, routes)
      .catch((error: unknown) => jsonAnswer({ error: String(error) }, 500))
      .then(async (answer) => send(response, await toMessage(answer)));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
