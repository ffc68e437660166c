import { z } from 'zod';

import { type CollectionRoute, definePage } from './users-page.ts';
import { defineCount } from './users-count.ts';

const group = z.object({
  id: z.guid().meta({ description: 'Object ID of the group' }),
});
const user = z.object({
  id: z.string().meta({ description: 'Object ID or userPrincipalName' }),
});

const members: CollectionRoute = {
  path: '/groups/:id/members/microsoft.graph.user',
  summary: 'One page of the users in a group',
  parameters: group,
  of: ({ id = '' }) => ({ group: id }),
};
const transitiveMembers: CollectionRoute = {
  path: '/groups/:id/transitiveMembers/microsoft.graph.user',
  summary: 'One page of the users in a group and in its groups',
  parameters: group,
  of: ({ id = '' }) => ({ group: id, transitive: true }),
};
const deletedUsers: CollectionRoute = {
  path: '/directory/deletedItems/microsoft.graph.user',
  summary: 'One page of the users deleted in the last 30 days',
  of: () => 'deleted',
};
const directReports: CollectionRoute = {
  path: '/users/:id/directReports/microsoft.graph.user',
  summary: 'One page of the users whose manager is a user',
  parameters: user,
  of: ({ id = '' }) => ({ reportsOf: id }),
};

function counted(route: CollectionRoute): CollectionRoute {
  return { ...route, summary: route.summary.replace('One page', 'The number') };
}

/** The collections of users besides all users of the tenant: their pages and their numbers. */
export const collections = {
  members: definePage(members),
  membersCount: defineCount(counted(members)),
  transitiveMembers: definePage(transitiveMembers),
  transitiveMembersCount: defineCount(counted(transitiveMembers)),
  deletedUsers: definePage(deletedUsers),
  deletedUsersCount: defineCount(counted(deletedUsers)),
  directReports: definePage(directReports),
  directReportsCount: defineCount(counted(directReports)),
};
