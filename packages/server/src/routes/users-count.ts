import { z } from 'zod';

import { consistencyLevel } from '../http/consistency-level.ts';
import { odataOptions, toUserQuery } from '../http/odata-options.ts';
import { defineRoute, type Route } from '../route.ts';
import type { CollectionRoute } from './users-page.ts';

const { $filter, $search } = odataOptions;

/** Defines the route of the number of users in a collection: a number as text, as Graph answers. */
export function defineCount({ path, summary, parameters, of }: CollectionRoute): Route {
  return defineRoute({
    path: `/v1.0${path}/$count`,
    summary,
    role: 'Users.Read',
    input: {
      path: parameters ?? z.object({}),
      query: z.object({ $filter, $search }),
      header: z.object({ ConsistencyLevel: consistencyLevel }),
    },
    deadline: 'request',
    gate: 'reads',
    handler:
      ({ limits }) =>
      async (values, { response, users, call: { signal } }) => {
        const { filter, search } = toUserQuery(values.query);
        const count = await users.count(
          { of: of(values.path), filter, search },
          { signal, deadline: limits.request },
        );
        response.type('text/plain').send(String(count));
      },
  });
}

/** How many users there are. */
export const usersCount = defineCount({
  path: '/users',
  summary: 'The number of users, as text',
  of: () => undefined,
});
