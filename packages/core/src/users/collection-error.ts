import { BadRequestError } from '../errors/bad-request-error.ts';
import { NoSuchUserError } from '../errors/no-such-user-error.ts';
import type { Collection } from '../query/collections/collection.ts';

/** The error for one id: a 404 means that the user does not exist. */
export function userError(id: string, error: unknown): unknown {
  if (!(error instanceof BadRequestError) || error.status !== 404) return error;
  const { requestId, clientRequestId, attempts } = error;
  return new NoSuchUserError(id, { requestId, clientRequestId, attempts, cause: error });
}

/** The error of a request for a collection: a 404 means that the object that has the collection does not exist. */
export function collectionError({ owner }: Collection, error: unknown): unknown {
  return owner === undefined ? error : userError(owner.given, error);
}
