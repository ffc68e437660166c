import { isGuid } from '../../guid.ts';
import { listsUsers, readsGroupMembers } from '../role-need.ts';
import type { Collection } from './collection.ts';

/**
 * The users in a group; with `isTransitive`, also those in the groups that it contains. The cast leaves out devices,
 * contacts and groups. Microsoft's reference requires advanced queries for the cast, its count and its filters.
 * @param group an object ID, or a name that has to be looked up first
 */
export function membersOfGroup(group: string, isTransitive: boolean): Collection {
  const relation = isTransitive ? 'transitiveMembers' : 'members';
  return {
    path: `/groups/${encodeURIComponent(group)}/${relation}/microsoft.graph.user`,
    needs: [readsGroupMembers, listsUsers],
    // An application that may read groups but not users receives members without properties, and no error.
    isLimited: true,
    advanced: { reason: 'the members of a group', isAlways: true },
    isDivisible: false,
    owner: { type: 'group', given: group, isId: isGuid(group) },
  };
}
