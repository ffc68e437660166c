import type { Page, UserQuery } from '@rollcall/core';
import { z } from 'zod';

import { baseUrl } from '../http/base-url.ts';
import { consistencyLevel } from '../http/consistency-level.ts';
import type { LinkSeal, Place } from '../http/link-seal.ts';
import { odataOptions, toUserQuery, type OdataValues } from '../http/odata-options.ts';
import { defineRoute } from '../route.ts';

/** Graph's, when `$top` is absent. */
const defaultPageSize = 100;

const pageQuery = z
  .object({
    ...odataOptions,
    $skiptoken: z
      .string()
      .optional()
      .meta({ description: 'The position of the next page, from @odata.nextLink' }),
  })
  .superRefine(({ $skiptoken, ...others }, context) => {
    if ($skiptoken !== undefined && Object.keys(others).length > 0)
      context.addIssue({
        code: 'custom',
        path: ['$skiptoken'],
        message: 'holds the whole query; send the link as it was given',
      });
  });

function placeOf(
  { $skiptoken, ...values }: OdataValues & { readonly $skiptoken?: string | undefined },
  seal: LinkSeal,
): Partial<Place> & Pick<Place, 'query'> {
  if ($skiptoken !== undefined) return seal.open($skiptoken);
  return { query: { pageSize: defaultPageSize, ...toUserQuery(values) } };
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
export const usersPage = defineRoute({
  path: '/v1.0/users',
  summary: 'One page of users',
  role: 'Users.Read',
  input: { query: pageQuery, header: z.object({ ConsistencyLevel: consistencyLevel }) },
  deadline: 'request',
  gate: 'reads',
  handler:
    ({ limits, seal, publicUrl }) =>
    async (parameters, { request, response, users, call: { signal } }) => {
      const { link, query } = placeOf(parameters.query, seal);
      const page = await users.page(query, { link, signal, deadline: limits.request });
      const root = `${baseUrl(request, publicUrl)}/v1.0`;
      response.json(collection(root, query, page, seal));
    },
});
