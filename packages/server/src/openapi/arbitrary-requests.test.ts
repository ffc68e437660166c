import { once } from 'node:events';
import { Agent, request as sendRequest, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';

import {
  AccessDeniedError,
  BadRequestError,
  type DirectoryError,
  NetworkError,
  ProtocolError,
  ThrottledError,
  TokenRefusedError,
  UnavailableError,
} from '@rollcall/core';
import * as fc from 'fast-check';
import { expect, it, onTestFinished } from 'vitest';

import { startTestServer } from '../testing/start-test-server.ts';
import {
  arbitraryRequests,
  requestCanary,
  type DocumentedPaths,
  type GeneratedRequest,
} from './testing/arbitrary-requests.ts';
import { createInterfaceCheck } from './testing/interface-check.ts';

const isLong = process.env['ROLLCALL_LONG'] === '1';
const runs = isLong ? 20_000 : 400;
const seed = Number(process.env['ROLLCALL_SEED'] ?? Math.trunc(Math.random() * 2 ** 31));

/** A text in errors of Graph that no response may contain. */
const upstreamCanary = 'canary-of-the-tenant';

/** What goes wrong upstream; undefined when nothing does. */
const failures: readonly (DirectoryError | undefined)[] = [
  undefined,
  undefined,
  undefined,
  new ThrottledError({ status: 429, retryAfter: 2_000 }),
  new UnavailableError({ status: 503 }),
  new NetworkError({ host: upstreamCanary, port: 443 }, 'ECONNREFUSED'),
  new ProtocolError(upstreamCanary),
  new TokenRefusedError(
    { status: 401, error: 'invalid_client', description: upstreamCanary },
    upstreamCanary,
  ),
  new BadRequestError({ status: 400, graphCode: 'Other', explanation: upstreamCanary }),
  new AccessDeniedError({ status: 403, graphCode: 'Other', explanation: upstreamCanary }),
];

/** Texts of the server's inside: of stack traces, file names and values that are missing. */
const internals = /node_modules|\.[tj]s:\d|\bat [\w.<>]+ \(|\bundefined\b|\[object |Error: /u;

async function send(url: URL, { method, path, headers, body }: GeneratedRequest, agent: Agent) {
  const outgoing = sendRequest({
    agent,
    host: url.hostname,
    port: url.port,
    method,
    path,
    headers: {
      ...headers,
      host: 'localhost',
      ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }),
    },
  });
  outgoing.end(body);
  const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
  // A stream that is not proved is cut.
  const received = await text(incoming).catch(() => undefined);
  const contentType = incoming.headers['content-type'];
  const response = new Response(null, {
    status: incoming.statusCode ?? 0,
    headers: contentType === undefined ? {} : { 'content-type': contentType },
  });
  return { response, received };
}

it(
  `${runs} generated requests: no 500, each response as documented, nothing of the inside`,
  async () => {
    process.stdout.write(`requests: ${runs} runs, ROLLCALL_SEED=${seed}\n`);
    let failure: DirectoryError | undefined;
    const { server, get, logged } = await startTestServer({
      users: 40,
      before: () => {
        if (failure !== undefined) throw failure;
      },
    });
    const url = new URL(server.url);
    const document: unknown = await (await get('/openapi.json')).json();
    const check = createInterfaceCheck(document);
    const agent = new Agent({ keepAlive: true });
    onTestFinished(() => agent.destroy());
    const statuses = new Map<number, number>();
    await fc.assert(
      fc.asyncProperty(
        arbitraryRequests(document as DocumentedPaths),
        fc.constantFrom(...failures),
        async (request, upstream) => {
          failure = upstream;
          const { response, received } = await send(url, request, agent);
          statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
          expect(response.status).not.toBe(500);
          if (request.method === 'HEAD' || received === undefined) return;
          // Graph accepts other spellings of a path as well, which the document does not have.
          const isLiteral =
            (request.path.split('?')[0] ?? '') in (document as DocumentedPaths).paths;
          const isDescribed = response.status >= 400 || (request.method === 'GET' && isLiteral);
          const problems = isDescribed ? check.problems(request.path, response, received) : [];
          expect(problems).toEqual([]);
          if (response.status < 400) return;
          expect(received).not.toMatch(internals);
          expect(received).not.toContain(upstreamCanary);
          expect(received).not.toContain(requestCanary);
        },
      ),
      { numRuns: runs, seed },
    );
    // The property is only meaningful if requests of each kind occur.
    expect([...statuses.keys()]).toEqual(
      expect.arrayContaining([200, 400, 403, 404, 405, 414, 502, 503]),
    );
    expect(
      logged.filter(
        ({ event, fields }) => event === 'request-failed' && fields['failure'] === 'TypeError',
      ),
    ).toEqual([]);
  },
  isLong ? 1_800_000 : 60_000,
);
