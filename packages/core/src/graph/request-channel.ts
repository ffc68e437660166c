/**
 * The name of the `TracingChannel` of `node:diagnostics_channel` that gets a {@link RequestMessage} for each request to
 * Graph, retries included: `start` when it is about to be sent, in the context of the call that it belongs to, and
 * `asyncEnd` or `error` when its response has arrived or failed.
 */
export const requestChannel = 'rollcall:request';

/** A request to Graph, for traces. Contains no path, no query and no token: they can contain personal data. */
export interface RequestMessage {
  readonly method: string;
  /** Host name of Graph. */
  readonly host: string;
  readonly port: number;
  /** Headers that a subscriber of `start` adds to the request, with lower-case names, such as `traceparent`. */
  readonly headers: Record<string, string>;
  /** HTTP status of the response, from `asyncEnd` on. */
  status?: number | undefined;
  /** Graph's name for the request, from `asyncEnd` on. */
  requestId?: string | undefined;
}
