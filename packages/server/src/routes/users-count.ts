import { z } from 'zod';

import { consistencyLevel } from '../http/consistency-level.ts';
import { odataOptions, toUserQuery } from '../http/odata-options.ts';
import { defineRoute } from '../route.ts';

const { $filter, $search } = odataOptions;

/** How many users there are: a number as text, as Graph answers. */
export const usersCount = defineRoute({
  path: '/v1.0/users/$count',
  summary: 'The number of users, as text',
  role: 'Users.Read',
  input: {
    query: z.object({ $filter, $search }),
    header: z.object({ ConsistencyLevel: consistencyLevel }),
  },
  deadline: 'request',
  gate: 'reads',
  handler:
    ({ limits }) =>
    async ({ query }, { response, users, call: { signal } }) => {
      const { filter, search } = toUserQuery(query);
      const count = await users.count({ filter, search }, { signal, deadline: limits.request });
      response.type('text/plain').send(String(count));
    },
});
