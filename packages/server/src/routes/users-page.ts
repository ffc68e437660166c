import type { UserCollection } from '@rollcall/core';
import { z } from 'zod';

import { baseUrl } from '../http/base-url.ts';
import { contextOf, sendPage } from '../http/graph-body.ts';
import { consistencyLevel } from '../http/consistency-level.ts';
import type { Place } from '../http/link-seal.ts';
import { odataOptions, toUserQuery, type OdataValues } from '../http/odata-options.ts';
import { defineRoute, type Route } from '../route.ts';

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
  of: UserCollection | undefined,
  open: (token: string) => Place,
): Partial<Place> & Pick<Place, 'query'> {
  if ($skiptoken !== undefined) return open($skiptoken);
  return { query: { of, pageSize: defaultPageSize, ...toUserQuery(values) } };
}

/** The parameters in the path of a collection. */
type PathValues = Readonly<Record<string, string>>;

export interface CollectionRoute {
  /** Express's pattern below `/v1.0`. */
  readonly path: string;
  readonly summary: string;
  readonly parameters?: z.ZodObject<Readonly<Record<string, z.ZodType<string>>>> | undefined;
  /** The collection of the users, for the parameters of the path. */
  readonly of: (parameters: PathValues) => UserCollection | undefined;
}

const header = z.object({ ConsistencyLevel: consistencyLevel });

/** Defines the route of one page of a collection of users. */
export function definePage({ path, summary, parameters, of }: CollectionRoute): Route {
  return defineRoute({
    path: `/v1.0${path}`,
    summary,
    role: 'Users.Read',
    input: { path: parameters ?? z.object({}), query: pageQuery, header },
    deadline: 'request',
    gate: 'reads',
    handler:
      ({ limits, seal, publicUrl, turn, reading }) =>
      async (values, { request, response, caller, users, call: { signal } }) => {
        const own = path.replaceAll(/:(\w+)/gu, (_, name: string) =>
          encodeURIComponent(values.path[name] ?? ''),
        );
        // The token of another collection would lead to users that the path does not name.
        const owner = { caller: caller?.id ?? '', route: own };
        const { link, query } = placeOf(values.query, of(values.path), (token) =>
          seal.open(token, owner),
        );
        // Pages are received in full: too many large ones at once would delay all other requests.
        using _ = await reading.acquire(Math.ceil((query.pageSize ?? 999) / 100), signal);
        const page = await users.page(query, { link, signal, deadline: limits.request });
        const root = `${baseUrl(request, publicUrl)}/v1.0`;
        const linkTo = (place: Place): string =>
          `${root}${own}?$skiptoken=${seal.seal(place, owner)}`;
        const annotations = {
          '@odata.context': contextOf(root, query),
          // Core requests the number for advanced queries, although the caller did not.
          '@odata.count': query.count === true ? page.count : undefined,
          '@odata.nextLink':
            page.link === undefined ? undefined : linkTo({ link: page.link, query }),
        };
        await turn();
        sendPage(response, annotations, page);
      },
  });
}

/** One page of users. */
export const usersPage = definePage({
  path: '/users',
  summary: 'One page of users',
  of: () => undefined,
});
