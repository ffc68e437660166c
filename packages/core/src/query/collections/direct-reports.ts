import { isGuid } from '../../guid.ts';
import { listsUsers } from '../role-need.ts';
import { userSegment } from '../user-id.ts';
import type { Collection } from './collection.ts';

/**
 * The users whose manager is a user. The cast leaves out contacts, which can have a manager too.
 * @throws {QueryError} when the user is neither an object ID nor a userPrincipalName
 */
export function directReportsOf(user: string): Collection {
  return {
    path: `/users${userSegment(user, 'reportsOf')}/directReports/microsoft.graph.user`,
    needs: [listsUsers],
    advanced: { reason: 'a filter of direct reports', isAlways: false },
    isDivisible: false,
    owner: { type: 'user', given: user, isId: isGuid(user) },
  };
}
