import type { IncomingMessage, ServerResponse } from 'node:http';

import type { Clock } from '../clock.ts';
import type { Describe } from '../identity/token-endpoint/token-endpoint.ts';
import type { RequestClass } from '../journal/entry.ts';
import type { Journal } from '../journal/journal.ts';
import type { WaitLedger } from '../journal/wait-ledger.ts';
import { redactTarget } from '../journal/redact.ts';
import type { FaultRun } from '../faults/fault-run.ts';
import { delayOf, sendSlowly, type Conditions } from '../http/conditions.ts';
import type { BodyEncoder } from '../http/body-encoder.ts';
import type { Answer, Call } from '../http/handler.ts';
import { readCall } from '../http/read-call.ts';
import { toMessage, type Message } from '../http/send.ts';

export interface ExchangeParts {
  readonly journal: Journal;
  readonly waits: WaitLedger;
  readonly clock: Clock;
  classify(path: string): RequestClass;
  handle(call: Call, describe: Describe): Answer | Promise<Answer>;
  conditions(): Conditions;
  readonly encodeBody: BodyEncoder;
  originOf(header: string): string;
  /** The faults that apply to this call, or undefined. */
  faultsFor(call: Call, response: ServerResponse, sleep: Sleep): FaultRun | undefined;
  random(): number;
  /** In milliseconds; rejects when aborted. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
}

/** In milliseconds; rejects when the client has gone. */
export type Sleep = (milliseconds: number) => Promise<void>;

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

/** In any case: Graph and the faults use different ones. */
function retryAfterOf({ headers }: Message): unknown {
  return Object.entries(headers).find(([name]) => name.toLowerCase() === 'retry-after')?.[1];
}

/** Takes one request through: read, handled, befallen by faults, written down, answered. */
export async function exchange(
  parts: ExchangeParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { journal, clock, waits } = parts;
  const target = request.url ?? '';
  const facts: Parameters<Describe>[0] = {};
  const gone = new AbortController();
  const sleep: Sleep = (milliseconds) => parts.sleep(milliseconds, gone.signal);
  const read = await readCall(request, (header) => parts.originOf(header));
  const began = clock.now();
  const waiting = {
    class: parts.classify(target),
    requestId: 'call' in read ? read.call.requestId : '',
    authorization: request.headers.authorization,
    at: began,
  };
  waits.arrived(waiting);
  const run = 'call' in read ? parts.faultsFor(read.call, response, sleep) : undefined;
  const write = (status: number, bytes: number) =>
    journal.add({
      ...describeRequest(request),
      at: new Date(began).toISOString(),
      class: parts.classify(target),
      path: redactTarget(target),
      status,
      requestId: 'call' in read ? read.call.requestId : '',
      milliseconds: 0,
      bytes,
      aborted: false,
      ...facts,
      ...(run === undefined ? {} : { faults: run.struck }),
    });
  let ended: ReturnType<Journal['add']> | undefined;
  // `close` comes once: after the last byte, or when the client goes away.
  response.once('close', () => {
    ended ??= write(0, 0);
    ended({
      milliseconds: Math.max(0, clock.now() - began),
      aborted: !response.writableFinished,
    });
    if (!response.writableFinished) gone.abort();
  });

  const ask = (): Answer | Promise<Answer> =>
    'call' in read ? parts.handle(read.call, (more) => Object.assign(facts, more)) : read.refusal;
  const answer = run === undefined ? await ask() : await run.answer(ask);
  const accepted = request.headers['accept-encoding']?.toString();
  const plain = await toMessage(answer, accepted, parts.encodeBody);
  const message = run === undefined ? plain : await run.mangle(plain);
  const { bandwidth, ...delays } = parts.conditions();
  const delay = delayOf(delays, () => parts.random());
  if (delay > 0) await sleep(delay);
  if (response.destroyed) return;
  ended = write(message.status, message.body.length);
  const sent = clock.now();
  response.once('finish', () => {
    // Only a client that received the header can obey it.
    waits.asked(waiting, retryAfterOf(message), sent);
  });
  // The socket has sent all bytes by then, so that the body's memory can be used again.
  response.once('close', () => {
    if (response.writableFinished) answer.release?.();
  });
  if (run === undefined) await sendSlowly(response, message, bandwidth, sleep);
  else await run.deliver(response, message);
}
