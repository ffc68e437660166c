import {
  brotliCompressSync,
  constants,
  gunzipSync,
  brotliDecompressSync,
  gzipSync,
} from 'node:zlib';

import type { Message } from '../../http/send.ts';
import type { FaultKind } from '../fault.ts';

function plainBody({ body, headers }: Message): Buffer {
  if (headers['content-encoding'] === 'gzip') return gunzipSync(body);
  return headers['content-encoding'] === 'br' ? brotliDecompressSync(body) : body;
}

function labelled(message: Message, body: Buffer, coding: string): Message {
  return {
    ...message,
    headers: {
      ...message.headers,
      'content-encoding': coding,
      'content-length': String(body.length),
    },
    body,
  };
}

/** A page of `megabytes` spaces after a valid start, in a few hundred kilobytes. */
function bomb(megabytes: number): Buffer {
  return Buffer.concat([Buffer.from('{"value":['), Buffer.alloc(megabytes * 1024 * 1024, ' ')]);
}

const trailerBytes = 8;

/** Bodies with a wrong or damaged content coding. They are sent encoded regardless of what the client accepts. */
export const codingFaults = {
  'gzip-truncated': {
    about: 'gzip cut in half, with the right Content-Length for the half',
    on: 'graph',
    takes: [],
    mangle: (message) => {
      const whole = gzipSync(plainBody(message));
      return labelled(message, whole.subarray(0, whole.length / 2), 'gzip');
    },
  },
  'gzip-without-trailer': {
    about: 'gzip without its last 8 bytes (checksum and length)',
    on: 'graph',
    takes: [],
    mangle: (message) =>
      labelled(message, gzipSync(plainBody(message)).subarray(0, -trailerBytes), 'gzip'),
  },
  'gzip-bad-checksum': {
    about: 'gzip whose checksum is wrong',
    on: 'graph',
    takes: [],
    mangle: (message) => {
      const whole = gzipSync(plainBody(message));
      const at = whole.length - trailerBytes;
      whole.writeUInt32LE((whole.readUInt32LE(at) ^ 1) >>> 0, at);
      return labelled(message, whole, 'gzip');
    },
  },
  'gzip-label-on-plain': {
    about: 'Content-Encoding: gzip on plain text',
    on: 'graph',
    takes: [],
    mangle: (message) => labelled(message, plainBody(message), 'gzip'),
  },
  'gzip-bomb': {
    about: 'gzip that grows to some megabytes (200)',
    on: 'graph',
    takes: ['megabytes'],
    mangle: (message, { parameters }) =>
      labelled(message, gzipSync(bomb(parameters.megabytes ?? 200)), 'gzip'),
  },
  'br-bomb': {
    about: 'brotli that grows to some megabytes (200)',
    on: 'graph',
    takes: ['megabytes'],
    mangle: (message, { parameters }) =>
      labelled(
        message,
        brotliCompressSync(bomb(parameters.megabytes ?? 200), {
          params: { [constants.BROTLI_PARAM_QUALITY]: 1 },
        }),
        'br',
      ),
  },
} as const satisfies Record<string, FaultKind>;
