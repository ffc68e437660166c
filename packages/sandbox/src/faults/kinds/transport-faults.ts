import { send } from '../../http/send.ts';
import type { FaultKind } from '../fault.ts';

/** Longer than any client waits. */
const forever = 86_400;

function chunked(headers: object): object {
  const { 'content-length': _, ...others } = headers as Record<string, unknown>;
  return others;
}

/** What goes wrong below HTTP. */
export const transportFaults = {
  'reset-before-headers': {
    about: 'TCP reset in place of an answer',
    on: 'any',
    takes: [],
    deliver: (_, __, { reset }) => reset(),
  },
  'reset-in-body': {
    about: 'TCP reset when half of the body was sent (form: chunked for no Content-Length)',
    on: 'any',
    takes: ['form'],
    choices: { form: ['chunked', 'content-length'] },
    deliver: async (response, message, { parameters, reset, sleep }) => {
      const isChunked = parameters.form === 'chunked';
      response.writeHead(
        message.status,
        isChunked ? { ...chunked(message.headers) } : message.headers,
      );
      response.write(message.body.subarray(0, message.body.length / 2));
      // The half must be on its way, or the reset discards it together with the headers.
      await sleep(0.02);
      reset();
    },
  },
  'closed-in-body': {
    about: 'The connection ends properly when half of the body was sent (form: chunked)',
    on: 'any',
    takes: ['form'],
    choices: { form: ['chunked', 'content-length'] },
    deliver: (response, message, { parameters }) => {
      const isChunked = parameters.form === 'chunked';
      response.writeHead(
        message.status,
        isChunked ? { ...chunked(message.headers) } : message.headers,
      );
      response.write(message.body.subarray(0, message.body.length / 2), () =>
        response.socket?.end(),
      );
    },
  },
  'stale-connection': {
    about: 'A connection that was used before is closed as the next request arrives',
    on: 'any',
    takes: [],
    deliver: (response) => {
      response.socket?.destroy();
    },
  },
  'slow-headers': {
    about: 'Nothing is sent for some seconds (60 by default)',
    on: 'any',
    takes: ['seconds'],
    deliver: async (response, message, { parameters, sleep }) => {
      await sleep(parameters.seconds ?? 60);
      send(response, message);
    },
  },
  stall: {
    about: 'Half of the body, then no more bytes (seconds; indefinitely by default)',
    on: 'any',
    takes: ['seconds'],
    deliver: async (response, message, { parameters, sleep }) => {
      const half = message.body.length / 2;
      response.writeHead(message.status, message.headers);
      response.write(message.body.subarray(0, half));
      await sleep(parameters.seconds ?? forever);
      response.end(message.body.subarray(half));
    },
  },
  drip: {
    about: 'The body in drops: some bytes (1) every some seconds (5)',
    on: 'any',
    takes: ['bytes', 'seconds'],
    deliver: async (response, message, { parameters, sleep }) => {
      const bytes = Math.max(1, parameters.bytes ?? 1);
      response.writeHead(message.status, message.headers);
      for (let at = 0; at < message.body.length; at += bytes) {
        response.write(message.body.subarray(at, at + bytes));
        await sleep(parameters.seconds ?? 5);
      }
      response.end();
    },
  },
  'content-length-short': {
    about: 'Content-Length is smaller than the body by some bytes (100)',
    on: 'any',
    takes: ['bytes'],
    deliver: (response, message, { parameters }) => {
      const length = Math.max(0, message.body.length - (parameters.bytes ?? 100));
      response.shouldKeepAlive = false;
      response.writeHead(message.status, { ...message.headers, 'content-length': String(length) });
      response.end(message.body);
    },
  },
  'content-length-long': {
    about: 'Content-Length is larger than the body by some bytes (100), then the connection ends',
    on: 'any',
    takes: ['bytes'],
    deliver: (response, message, { parameters }) => {
      const length = message.body.length + (parameters.bytes ?? 100);
      response.writeHead(message.status, { ...message.headers, 'content-length': String(length) });
      response.write(message.body, () => response.socket?.end());
    },
  },
} as const satisfies Record<string, FaultKind>;
