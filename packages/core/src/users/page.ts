import { QueryError } from '../errors/query-error.ts';
import { checkLink, type LinkTarget } from '../paging/link.ts';
import { toPage } from '../paging/page.ts';
import { collectionOf } from '../query/collections/collection-of.ts';
import { checkQuery } from '../query/query-rules.ts';
import { listRequest } from '../query/query-url.ts';
import { readQuery } from '../query/read-query.ts';
import { leastRoles } from '../query/roles-needed.ts';
import type { UserQuery } from '../query/user-query.ts';
import { withDefaults } from '../query/with-defaults.ts';
import { createQueryMode } from './query-mode.ts';
import { readOptions } from './read-options.ts';
import { resolveCollection } from './resolve-collection.ts';
import type { Users } from './users.ts';
import { linkTargetOf, requestPage, startCall, type UsersContext } from './users-context.ts';

/** The URL of the page that a program asks for: its link can come from anywhere. */
function checkedLink(link: unknown, root: URL, target: LinkTarget): URL {
  if (typeof link === 'string') return new URL(checkLink(link, root, target));
  throw new QueryError([
    {
      part: 'link',
      message: 'must be text',
      hint: 'Pass the `link` of a page as it was received.',
    },
  ]);
}

/** A selection of inactive users is made by listings: their receipt says how many were read. */
const pageOptions = [
  'of',
  'select',
  'filter',
  'search',
  'orderBy',
  'expand',
  'count',
  'advanced',
  'limit',
  'pageSize',
] as const satisfies readonly (keyof UserQuery)[];

export function pageOfUsers(context: UsersContext): Users['page'] {
  const { root, ports } = context;
  return async (given = {}, givenOptions = {}) => {
    const { link, ...options } = readOptions(givenOptions, ['link']);
    const { limit: _, ...query } = withDefaults(readQuery(given, pageOptions), context.defaults);
    checkQuery(query);
    const call = startCall(context, options)();
    const of = await resolveCollection(context, query.of, call);
    const collection = collectionOf(of);
    const from = link === undefined ? undefined : checkedLink(link, root, linkTargetOf(collection));
    const request = { ...call, collection, needs: leastRoles(query) };
    const page = await createQueryMode(ports.log).send({ ...query, of }, (sent) => {
      const { url, headers } = listRequest(root, sent);
      return requestPage<never>(context, from ?? url, headers, request);
    });
    return toPage(page);
  };
}
