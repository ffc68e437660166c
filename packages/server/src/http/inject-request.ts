import { IncomingMessage, ServerResponse, type RequestListener } from 'node:http';
import type { Socket } from 'node:net';
import { Writable } from 'node:stream';

/** A request within another one. */
export interface InnerRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface InnerResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: Buffer;
}

/** Sends a request to the application of this server without a connection. */
export type InjectRequest = (
  outer: IncomingMessage,
  inner: InnerRequest,
  signal: AbortSignal,
) => Promise<InnerResponse>;

/** Headers of the outer request that belong to its caller. */
const inherited = ['host', 'authorization', 'x-api-key'];

function innerMessage(outer: IncomingMessage, { method, url, headers }: InnerRequest) {
  // The socket tells address, certificate and scheme; nothing is read from it.
  const message = new IncomingMessage(outer.socket);
  message.method = method;
  message.url = url;
  const own = Object.entries(headers).filter(([name]) => !inherited.includes(name.toLowerCase()));
  const all = [...inherited.map((name) => [name, outer.headers[name]] as const), ...own];
  const given = all.flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' ? [[name.toLowerCase(), value]] : [],
  );
  message.headers = Object.fromEntries(given);
  message.headersDistinct = Object.fromEntries(given.map(([name, value]) => [name, [value]]));
  message.push(null);
  return message;
}

/**
 * Returns a function that passes a request through the whole application, as if it had been received by its own
 * connection: host, caller, role and limits are checked as for every request.
 */
export function createInjectRequest(listener: RequestListener): InjectRequest {
  return async (outer, inner, signal) => {
    signal.throwIfAborted();
    const message = innerMessage(outer, inner);
    const response = new ServerResponse(message);
    const sink = new Writable({ write: (_chunk, _encoding, done) => done() });
    response.assignSocket(sink as Socket);
    const chunks: Buffer[] = [];
    const capture = (chunk: unknown): void => {
      if (typeof chunk === 'string' || chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk));
    };
    const { promise, resolve, reject } = Promise.withResolvers<InnerResponse>();
    const write = response.write.bind(response);
    const end = response.end.bind(response);
    Object.assign(response, {
      write(chunk: unknown, ...others: never[]) {
        capture(chunk);
        return write(chunk, ...others);
      },
      end(chunk: unknown, ...others: never[]) {
        capture(chunk);
        return end(chunk, ...others);
      },
    });
    response.once('finish', () => {
      resolve({
        status: response.statusCode,
        headers: response.getHeaders(),
        body: Buffer.concat(chunks),
      });
      response.emit('close');
    });
    const cancel = (): void => {
      response.destroy();
      response.emit('close');
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', cancel, { once: true });
    try {
      listener(message, response);
      return await promise;
    } finally {
      signal.removeEventListener('abort', cancel);
    }
  };
}
