import { getRequest } from '../query/query-url.ts';
import { collectionOf } from '../query/collections/collection-of.ts';
import { listsUsers } from '../query/role-need.ts';
import type { UserCollection } from '../query/user-collection.ts';
import { collectionError } from './collection-error.ts';
import { findGroup } from './find-group.ts';
import { readUser } from './read-user.ts';
import type { Call, UsersContext } from './users-context.ts';

/**
 * Returns a collection with the object ID of its owner in the place of a name. The ID stays the same when the owner is
 * renamed, and the links of the service contain it.
 * @throws {NoSuchUserError} {@link GroupError} when the owner does not exist, or several groups have its name
 */
export async function resolveCollection(
  context: Pick<UsersContext, 'pipeline' | 'root'>,
  of: UserCollection | undefined,
  call: Call,
): Promise<UserCollection | undefined> {
  const collection = collectionOf(of);
  const { owner } = collection;
  if (of === undefined || of === 'deleted' || owner === undefined || owner.isId) return of;
  if ('group' in of) return { ...of, group: await findGroup(context, of.group, call) };
  try {
    const { id } = await context.pipeline.send({
      method: 'GET',
      ...getRequest(context.root, owner.given, { select: ['id'] }),
      ...call,
      needs: [listsUsers.anyOf[0]],
      read: readUser,
    });
    return { reportsOf: id };
  } catch (error) {
    throw collectionError(collection, error);
  }
}
