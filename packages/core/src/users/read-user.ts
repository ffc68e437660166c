import type { ResponseInfo } from '../graph/graph-request.ts';
import type { Identified } from '../paging/read-page.ts';
import { invalidBody } from './users-context.ts';

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

/** Reads the response to a request for one user. @throws {BodyError} when it is none */
export function readUser(body: unknown, info: ResponseInfo): Identified {
  if (typeof body === 'object' && body !== null && 'id' in body && typeof body.id === 'string')
    return withoutContext(body as Identified);
  throw invalidBody(info);
}
