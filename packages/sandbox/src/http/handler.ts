import type { IncomingHttpHeaders } from 'node:http';

/** One request, body read. */
export interface Call {
  readonly method: string;
  /** Absolute: the sandbox's own origin, then path and query as the client sent them. */
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** Made by the sandbox; answered as `request-id` (Graph) and `trace_id` (identity). */
  readonly requestId: string;
  /** The client's `client-request-id`, if it sent one. */
  readonly clientRequestId?: string | undefined;
}

/** One answer, as the handler means it; faults and compression happen to it afterwards. */
export interface Answer {
  readonly status: number;
  /** Lower-case names. `content-length`, `date` and `content-encoding` are added when it is sent. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Buffer | undefined;
}

export type Handler = (call: Call) => Answer | Promise<Answer>;
