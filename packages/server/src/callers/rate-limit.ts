import type { Request, Response } from 'express';
import { rateLimit } from 'express-rate-limit';

import type { Caller } from './caller.ts';
import { RequestError } from '../errors/request-error.ts';
import type { Limits } from '../limits.ts';

const rateExceeded = new RequestError({
  status: 429,
  code: 'rate_exceeded',
  graphCode: 'TooManyRequests',
  title: 'Too many requests',
  detail: 'Your rate of requests is exceeded. Try again after the time in Retry-After.',
});

/** Milliseconds. */
const minute = 60_000;

/** @throws {RequestError} 429 with Retry-After when the caller has sent too many requests */
export type CheckRate = (request: Request, response: Response, caller: Caller) => Promise<void>;

/**
 * Creates the limit of requests per caller and minute. Responses have the headers `RateLimit` and `RateLimit-Policy`
 * (draft-ietf-httpapi-ratelimit-headers).
 */
export function createRateLimit({ callerRate }: Pick<Limits, 'callerRate'>): CheckRate {
  const callers = new WeakMap<Request, string>();
  const limit = rateLimit({
    windowMs: minute,
    limit: callerRate,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    identifier: 'caller',
    keyGenerator: (request) => callers.get(request) ?? '',
    handler: (_request, _response, next) => next(rateExceeded),
    validate: false,
  });
  return async (request, response, { id }) => {
    callers.set(request, id);
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const next = (error?: unknown): void => {
      if (error === undefined) resolve();
      else reject(error);
    };
    await limit(request, response, next);
    await promise;
  };
}
