import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';

import type { BodyEncoder } from './body-encoder.ts';
import { chooseCoding, encode } from './content-coding.ts';
import type { Answer } from './handler.ts';

/** An answer as bytes, ready for the wire. */
export interface Message {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: Buffer;
}

/** Encodes the body as the client asked. */
export async function toMessage(
  answer: Answer,
  acceptEncoding?: string,
  encodeBody: BodyEncoder = encode,
): Promise<Message> {
  const { body: given = '' } = answer;
  const plain = typeof given === 'string' ? Buffer.from(given) : given;
  const { body, coding } = await encodeBody(plain, chooseCoding(acceptEncoding));
  return {
    status: answer.status,
    headers: {
      ...repeatable(answer.headers),
      ...(coding === undefined ? {} : { 'content-encoding': coding, vary: 'Accept-Encoding' }),
      'content-length': String(body.length),
    },
    body,
  };
}

function repeatable(headers: Answer['headers']): OutgoingHttpHeaders {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : [...value],
    ]),
  );
}

/** Sends it whole. */
export function send(response: ServerResponse, message: Message): void {
  response.writeHead(message.status, message.headers);
  response.end(message.body);
}
