import { randomUUID } from 'node:crypto';

import { DirectoryError } from '../errors/directory-error.ts';
import type { Layer } from './graph-request.ts';

const userAgent = 'rollcall';

/** Names each attempt, so that the service's support finds exactly that one, and so do our errors. */
export const addRequestIds: Layer = (next) => async (request) => {
  const clientRequestId = randomUUID();
  try {
    return await next({
      ...request,
      headers: {
        ...request.headers,
        'client-request-id': clientRequestId,
        'return-client-request-id': 'true',
        'user-agent': userAgent,
      },
    });
  } catch (error) {
    if (error instanceof DirectoryError) error.clientRequestId ??= clientRequestId;
    throw error;
  }
};
