import { BadRequestError } from '../errors/bad-request-error.ts';
import type { ErrorFacts } from '../errors/directory-error.ts';
import { GroupError } from '../errors/group-error.ts';
import { NoSuchUserError } from '../errors/no-such-user-error.ts';
import type { Collection } from '../query/collections/collection.ts';

/** Returns the error that `create` makes of a 404, and every other error as it is. */
function notFoundError(error: unknown, create: (facts: Partial<ErrorFacts>) => Error): unknown {
  if (!(error instanceof BadRequestError) || error.status !== 404) return error;
  const { requestId, clientRequestId, attempts } = error;
  return create({ requestId, clientRequestId, attempts, cause: error });
}

/** The error for one id: a 404 means that the user does not exist. */
export function userError(id: string, error: unknown): unknown {
  return notFoundError(error, (facts) => new NoSuchUserError(id, facts));
}

/** The error of a request for a collection: a 404 means that the object that has the collection does not exist. */
export function collectionError({ owner }: Collection, error: unknown): unknown {
  if (owner === undefined) return error;
  return owner.type === 'group'
    ? notFoundError(error, (facts) => new GroupError(owner.given, facts))
    : userError(owner.given, error);
}
