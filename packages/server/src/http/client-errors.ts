import { randomUUID } from 'node:crypto';
import { STATUS_CODES, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

import { errorBody } from '../errors/error-bodies.ts';
import type { Answer } from '../errors/request-error.ts';

const invalid: Answer = {
  status: 400,
  code: 'invalid_http',
  title: 'Invalid HTTP request',
  detail: 'The request is not valid HTTP/1.1.',
};

/** By the code of the error of Node's parser. */
const answers: Readonly<Record<string, Answer>> = {
  HPE_HEADER_OVERFLOW: {
    status: 431,
    code: 'headers_too_large',
    title: 'Headers too large',
    detail: 'The headers of the request together exceed the limit of this server.',
  },
  HPE_CHUNK_EXTENSIONS_OVERFLOW: {
    status: 413,
    code: 'chunk_extensions_too_large',
    title: 'Chunk extensions too large',
    detail: 'The chunk extensions of the body exceed the limit of this server.',
  },
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: 408,
    code: 'request_timeout',
    title: 'Timeout',
    detail: 'The request did not arrive completely in time.',
  },
};

function textOf(answer: Answer): string {
  const requestId = randomUUID();
  const { contentType, body } = errorBody('', answer, { requestId, clientRequestId: requestId });
  const text = JSON.stringify(body);
  return [
    `HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status] ?? ''}`,
    `Content-Type: ${contentType}`,
    `Content-Length: ${Buffer.byteLength(text)}`,
    `request-id: ${requestId}`,
    'Cache-Control: no-store',
    'X-Content-Type-Options: nosniff',
    'Connection: close',
    '',
    text,
  ].join('\r\n');
}

/**
 * Answers what is not a request, such as invalid or oversized headers, with problem details. Node's own response for it
 * has no body. A response that has begun on the connection is cut, so that it does not end with the text of an error.
 */
export function answerClientErrors(server: Server): void {
  const responses = new WeakMap<Duplex, ServerResponse>();
  server.prependListener('request', ({ socket }, response) => responses.set(socket, response));
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const response = responses.get(socket);
    const isBusy = response !== undefined && response.headersSent && !response.writableFinished;
    if (!socket.writable || error.code === 'ECONNRESET' || isBusy) {
      socket.destroy();
      return;
    }
    socket.end(textOf(answers[error.code ?? ''] ?? invalid), () => socket.destroy());
  });
}
