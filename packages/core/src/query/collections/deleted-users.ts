import { listsUsers } from '../role-need.ts';
import type { Collection } from './collection.ts';

/**
 * The users that were deleted in the last 30 days and can be restored. The type is a required part of the path (Graph's
 * reference of "List deletedItems").
 */
export const deletedUsers: Collection = {
  path: '/directory/deletedItems/microsoft.graph.user',
  needs: [{ ...listsUsers, what: 'lists deleted users' }],
  isDivisible: false,
  alsoSelected: ['deletedDateTime'],
};
