import type { Directory } from '@rollcall/core';
import type { Request, Response } from 'express';

import type { Call } from './http/call.ts';
import type { Gate } from './http/gate.ts';
import type { Limits } from './limits.ts';
import type { LinkSeal } from './http/link-seal.ts';
import type { Metrics } from './observability/metrics/create-metrics.ts';
import type { Readiness } from './observability/readiness.ts';
import type { ServerLog } from './observability/server-events.ts';

/** What routes work with. */
export interface Services {
  readonly directory: Directory;
  readonly log: ServerLog;
  readonly seal: LinkSeal;
  readonly readiness: Readiness;
  readonly metrics: Pick<Metrics, 'text' | 'contentType'>;
  /** With which links begin; absent when they begin with the address of the request. */
  readonly publicUrl: string | undefined;
  /** How many at once: requests that read a page or a user, and requests that read the whole directory. */
  readonly gates: { readonly reads: Gate; readonly streams: Gate };
  readonly limits: Limits;
}

/** Answers one GET. What it throws is answered for it; after the first byte, by cutting the connection. */
export type Handle = (request: Request, response: Response, call: Call) => Promise<void> | void;

/** One entry of the registry in `routes.ts`. */
export interface Route {
  /** Express's pattern. Also what the log says in place of the path. */
  readonly path: string;
  /** Milliseconds for the whole answer; none for a stream, which ends by its own rules. */
  readonly deadline?: 'request' | undefined;
  /** Which requests count together; none for those that cost nothing. */
  readonly gate?: keyof Services['gates'] | undefined;
  handler(services: Services): Handle;
}
