import { randomUUID } from 'node:crypto';

import type { Request, Response } from 'express';

/** One request being answered. */
export interface Call {
  /** Ours; in the answer's `request-id` and in the log. */
  readonly requestId: string;
  /** The caller's own name for it, or ours when it sent none that is safe to repeat. */
  readonly clientRequestId: string;
  /** Aborted when the caller leaves, when the time is up, or when the server is stopped. */
  readonly signal: AbortSignal;
  abort(reason: Error): void;
  /** Name of the authenticated caller, for logs; absent when callers are not authenticated. */
  caller?: string | undefined;
  /** The pattern of the route that answers: what logs say in place of the path, which names a user. */
  route?: string | undefined;
  /** Code of the error that ended it. */
  failure?: string | undefined;
  /** Users written so far, by a route that streams. */
  users?: number | undefined;
}

/** The reason of an abort: the caller closed the connection. */
export class CallerGone extends Error {
  override readonly name = 'CallerGone';
}

const safe = /^[\w.-]{1,64}$/u;

/** Begins a call: names it, and ties its signal to the caller's connection. */
export function beginCall(request: Request, response: Response): Call {
  const controller = new AbortController();
  const requestId = randomUUID();
  const claimed = request.headers['client-request-id'];
  const call: Call = {
    requestId,
    clientRequestId: typeof claimed === 'string' && safe.test(claimed) ? claimed : requestId,
    signal: controller.signal,
    abort: (reason) => controller.abort(reason),
  };
  response.once('close', () => {
    if (!response.writableFinished)
      controller.abort(new CallerGone('the caller closed the connection'));
  });
  response.locals['call'] = call;
  return call;
}

/** The call that `response` answers. */
export function callOf(response: Response): Call {
  return response.locals['call'] as Call;
}
