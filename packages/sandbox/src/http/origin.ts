import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';

import type { Clock } from '../clock.ts';
import type { RequestClass } from '../journal/entry.ts';
import type { Journal } from '../journal/journal.ts';
import { redactTarget } from '../journal/redact.ts';
import type { Describe } from '../identity/token-endpoint.ts';
import type { ServerCertificate } from '../tls/certificates.ts';
import type { Answer, Call } from './handler.ts';
import { readBody } from './read-body.ts';
import { send, toMessage } from './send.ts';

export interface OriginParts {
  readonly port: number;
  readonly certificate: ServerCertificate;
  readonly journal: Journal;
  readonly clock: Clock;
  classify(path: string): RequestClass;
  handle(call: Call, describe: Describe): Answer | Promise<Answer>;
}

export interface Origin {
  readonly port: number;
  readonly url: string;
  /** Ends every connection, whatever it is doing. */
  close(): Promise<void>;
}

const loopback = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/u;

/**
 * Serves one HTTPS origin on loopback: reads a request, has it handled, sends the answer, writes it in the journal.
 * @throws the listen error, when the port is taken
 */
export async function startOrigin(parts: OriginParts): Promise<Origin> {
  const { journal, clock } = parts;
  let ownHost = '';

  const read = async (request: IncomingMessage): Promise<Call | Answer> => {
    const body = await readBody(request);
    if (body === undefined) return { status: 413, headers: { connection: 'close' } };
    const target = request.url ?? '';
    const host = request.headers.host ?? '';
    const address = `https://${loopback.test(host) ? host : ownHost}${target}`;
    if (!target.startsWith('/') || !URL.canParse(address)) return { status: 400, headers: {} };
    const headers = joinHeaders(request.headers);
    return {
      method: request.method ?? 'GET',
      url: new URL(address),
      headers,
      body,
      requestId: randomUUID(),
      clientRequestId: headers['client-request-id'],
    };
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const target = request.url ?? '';
    const facts: Parameters<Describe>[0] = {};
    const call = await read(request);
    const began = clock.now();
    const requestId = 'requestId' in call ? call.requestId : '';
    const write = (status: number, bytes: number) =>
      journal.add({
        ...describeRequest(request),
        at: new Date(began).toISOString(),
        class: parts.classify(target),
        path: redactTarget(target),
        status,
        requestId,
        milliseconds: 0,
        bytes,
        aborted: false,
        ...facts,
      });
    let ended: ReturnType<Journal['add']> | undefined;
    // `close` comes once: after the last byte, or when the client goes away.
    response.once('close', () => {
      ended ??= write(0, 0);
      ended({
        milliseconds: Math.max(0, clock.now() - began),
        aborted: !response.writableFinished,
      });
    });
    const answer =
      'requestId' in call ? await parts.handle(call, (more) => Object.assign(facts, more)) : call;
    const message = await toMessage(answer, request.headers['accept-encoding']?.toString());
    if (response.destroyed) return;
    ended = write(message.status, message.body.length);
    send(response, message);
  };

  const server = createServer(
    { key: parts.certificate.privateKey, cert: parts.certificate.certificate },
    (request, response) => {
      serve(request, response).catch((error: unknown) => {
        // A mistake of the sandbox's own must be seen as such, not taken for a behaviour of Graph.
        if (response.headersSent) response.destroy();
        else send(response, sandboxFailure(error));
      });
    },
  );
  server.keepAliveTimeout = 60_000;
  server.on('secureConnection', () => journal.connected());
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(parts.port, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  ownHost = `127.0.0.1:${port}`;
  return {
    port,
    url: `https://${ownHost}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function sandboxFailure(error: unknown) {
  const body = Buffer.from(
    JSON.stringify({ error: { code: 'SandboxFailure', message: String(error) } }),
  );
  return { status: 500, headers: { 'content-type': 'application/json' }, body };
}

function joinHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const joined: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined) joined[name] = Array.isArray(value) ? value.join(', ') : value;
  return joined;
}

function describeRequest(request: IncomingMessage) {
  const header = (name: string): string | undefined => request.headers[name]?.toString();
  return {
    method: request.method ?? '',
    clientRequestId: header('client-request-id'),
    userAgent: header('user-agent'),
    consistencyLevel: header('consistencylevel'),
    prefer: header('prefer'),
    ...(header('authorization')?.startsWith('Bearer ') === true
      ? { credential: 'bearer' as const }
      : {}),
  };
}
