import { BadRequestError } from '../errors/bad-request-error.ts';
import { NoSuchUserError } from '../errors/no-such-user-error.ts';
import type { ResponseInfo } from '../graph/graph-request.ts';
import type { Identified } from '../paging/read-page.ts';
import { getRequest } from '../query/query-url.ts';
import { readQuery } from '../query/read-query.ts';
import { leastRoles } from '../query/roles-needed.ts';
import { readOptions } from './read-options.ts';
import type { Users } from './users.ts';
import { invalidBody, startCall, type UsersContext } from './users-context.ts';

/**
 * A single user in the form of a user on a page: the `@odata.context` of the response belongs to its envelope and
 * contains the address of the service.
 */
export function withoutContext<Item extends object>(
  body: Item & { '@odata.context'?: unknown },
): Item {
  const { '@odata.context': _, ...user } = body;
  return user as unknown as Item;
}

function readUser(body: unknown, info: ResponseInfo): Identified {
  if (typeof body === 'object' && body !== null && 'id' in body && typeof body.id === 'string')
    return withoutContext(body as Identified);
  throw invalidBody(info);
}

/** The error for one id: a 404 means that the user does not exist. */
export function userError(id: string, error: unknown): unknown {
  if (!(error instanceof BadRequestError) || error.status !== 404) return error;
  const { requestId, clientRequestId, attempts } = error;
  return new NoSuchUserError(id, { requestId, clientRequestId, attempts, cause: error });
}

export function getUser(context: UsersContext): Users['get'] {
  const { pipeline, root } = context;
  return async (id, given) => {
    const { select, ...options } = readOptions(given, ['select']);
    const query = readQuery({ select });
    try {
      return await pipeline.send({
        method: 'GET',
        ...getRequest(root, id, query),
        ...startCall(context, options)(),
        needs: leastRoles(query),
        // As on a page, only the id is checked.
        read: (body, info) => readUser(body, info) as never,
      });
    } catch (error) {
      throw userError(id, error);
    }
  };
}
