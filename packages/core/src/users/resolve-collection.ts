import { getRequest } from '../query/query-url.ts';
import { collectionOf } from '../query/collections/collection-of.ts';
import { listsUsers } from '../query/role-need.ts';
import type { UserCollection } from '../query/user-collection.ts';
import { collectionError } from './collection-error.ts';
import { readUser } from './read-user.ts';
import type { Call, UsersContext } from './users-context.ts';

/**
 * Returns a collection with the object ID of its owner in the place of a name. The ID stays the same when the owner is
 * renamed, and the links of the service contain it.
 * @throws {NoSuchUserError} when the owner does not exist
 */
export async function resolveCollection(
  { pipeline, root }: Pick<UsersContext, 'pipeline' | 'root'>,
  of: UserCollection | undefined,
  call: Call,
): Promise<UserCollection | undefined> {
  const collection = collectionOf(of);
  const { owner } = collection;
  if (owner === undefined || owner.isId) return of;
  try {
    const { id } = await pipeline.send({
      method: 'GET',
      ...getRequest(root, owner.given, { select: ['id'] }),
      ...call,
      needs: [listsUsers.anyOf[0]],
      read: readUser,
    });
    return { reportsOf: id };
  } catch (error) {
    throw collectionError(collection, error);
  }
}
