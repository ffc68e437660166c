import { QueryError } from '../errors/query-error.ts';
import { checkLink } from '../paging/link.ts';
import { checkQuery } from '../query/query-rules.ts';
import { listRequest } from '../query/query-url.ts';
import { readQuery } from '../query/read-query.ts';
import { leastRoles } from '../query/roles-needed.ts';
import { withDefaults } from '../query/with-defaults.ts';
import { readOptions } from './read-options.ts';
import type { Users } from './users.ts';
import { requestPage, startCall, type UsersContext } from './users-context.ts';

/** The URL of the page that a program asks for: its link can come from anywhere. */
function checkedLink(link: unknown, root: URL): URL {
  if (typeof link === 'string') return new URL(checkLink(link, root, 'users'));
  throw new QueryError([
    {
      part: 'link',
      message: 'must be text',
      hint: 'Pass the `link` of a page as it was received.',
    },
  ]);
}

export function pageOfUsers(context: UsersContext): Users['page'] {
  const { root } = context;
  return async (given = {}, givenOptions = {}) => {
    const { link, ...options } = readOptions(givenOptions, ['link']);
    const { limit: _, ...query } = withDefaults(readQuery(given), context.defaults);
    checkQuery(query);
    const { url, headers } = listRequest(root, query);
    const from = link === undefined ? url : checkedLink(link, root);
    const needs = leastRoles(query);
    return requestPage(context, from, headers, { ...startCall(context, options)(), needs });
  };
}
