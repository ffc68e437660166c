import type { Page, UserQuery } from '@rollcall/core';

import { badParameter } from '../errors/request-error.ts';
import { baseUrl } from '../http/base-url.ts';
import type { LinkSeal, Place } from '../http/link-seal.ts';
import { readParameters, type Parameters } from '../http/parameters.ts';
import type { Route } from '../route.ts';
import { checkConsistencyLevel } from '../http/consistency-level.ts';
import { toUserQuery } from '../http/user-query-parameters.ts';

const known = [
  '$select',
  '$filter',
  '$search',
  '$orderby',
  '$top',
  '$count',
  '$expand',
  '$skiptoken',
];
/** Graph's, when `$top` is absent. */
const defaultPageSize = 100;

function place(parameters: Parameters, seal: LinkSeal): Partial<Place> & Pick<Place, 'query'> {
  const token = parameters.get('$skiptoken');
  if (token === undefined)
    return { query: { pageSize: defaultPageSize, ...toUserQuery(parameters) } };
  if (parameters.size > 1)
    throw badParameter('$skiptoken', 'holds the whole query; send the link as it was given');
  return seal.open(token);
}

function contextOf(root: string, query: UserQuery): string {
  const properties = query.select === undefined ? '' : `(${query.select.join(',')})`;
  return `${root}/$metadata#users${properties}`;
}

/** Graph's collection shape, with the link rewritten so that the caller comes back to us. */
function collection(root: string, query: UserQuery, page: Page<unknown>, seal: LinkSeal): unknown {
  return {
    '@odata.context': contextOf(root, query),
    ...(page.count === undefined ? {} : { '@odata.count': page.count }),
    ...(page.link === undefined
      ? {}
      : { '@odata.nextLink': `${root}/users?$skiptoken=${seal.seal({ link: page.link, query })}` }),
    value: page.items,
  };
}

/** One page of users. */
export const users: Route = {
  path: '/v1.0/users',
  deadline: 'request',
  gate: 'reads',
  handler:
    ({ directory, limits, seal, publicUrl }) =>
    async (request, response, { signal }) => {
      checkConsistencyLevel(request);
      const { link, query } = place(readParameters(request.originalUrl, known), seal);
      const page = await directory.users.page(query, { link, signal, deadline: limits.request });
      const root = `${baseUrl(request, publicUrl)}/v1.0`;
      response.json(collection(root, query, page, seal));
    },
};
