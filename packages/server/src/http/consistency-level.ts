import type { Request } from 'express';

import { RequestError } from '../errors/request-error.ts';

/**
 * Graph wants `ConsistencyLevel: eventual` on every request of an advanced query. Core adds it upstream wherever a
 * query needs it, so callers may send it and need not; any other value is a mistake there and here.
 */
export function checkConsistencyLevel(request: Request): void {
  const level = request.headers['consistencylevel'];
  if (level === undefined || (typeof level === 'string' && level.toLowerCase() === 'eventual'))
    return;
  throw new RequestError({
    status: 400,
    code: 'bad_header',
    graphCode: 'Request_BadRequest',
    title: 'Invalid header',
    detail: 'ConsistencyLevel: the only valid value is eventual',
  });
}
