import type { Answer } from '../http/handler.ts';
import { getDelta } from './delta/get-delta.ts';
import type { Directory, GraphRequest } from './graph-request.ts';
import { countGroups, getGroup, listGroups } from './groups/list-groups.ts';
import { listMembers } from './groups/list-members.ts';
import type { ReadingRoute } from './route.ts';
import { listSubscribedSkus } from './subscribed-skus.ts';
import { countUsers } from './users/count-users.ts';
import { getDeletedUser, getManager, getUser } from './users/get-user.ts';
import { getProperty } from './users/get-property.ts';
import { listUsers } from './users/list-users.ts';
import { setOf } from './users/user-set.ts';

/** Whether a path names groups, or users by way of a group. */
export function isOfGroups(route: ReadingRoute): boolean {
  if (route.to === 'list' || route.to === 'count') return /members$/iu.test(route.set.of);
  return ['groups', 'group', 'groupCount'].includes(route.to);
}

type Operation<To extends ReadingRoute['to']> = (
  directory: Directory,
  request: GraphRequest,
  route: Extract<ReadingRoute, { readonly to: To }>,
) => Answer;

const operations: { readonly [To in ReadingRoute['to']]: Operation<To> } = {
  list: (directory, request, { set }) =>
    'isCast' in set && !set.isCast && set.of !== 'directReports'
      ? listMembers(directory, request, set)
      : listUsers(directory, request, setOf(set, directory)),
  count: (directory, request, { set }) => countUsers(directory, request, setOf(set, directory)),
  delta: getDelta,
  user: (directory, request, { key }) => getUser(directory, request, key),
  deletedUser: (directory, request, { key }) => getDeletedUser(directory, request, key),
  property: getProperty,
  manager: (directory, request, { key }) => getManager(directory, request, key),
  subscribedSkus: listSubscribedSkus,
  groups: listGroups,
  groupCount: countGroups,
  group: (directory, request, { key }) => getGroup(directory, request, key),
};

/** Answers a request that the application may make. */
export function answerTo(route: ReadingRoute, directory: Directory, request: GraphRequest): Answer {
  const operation = operations[route.to] as Operation<ReadingRoute['to']>;
  return operation(directory, request, route);
}
