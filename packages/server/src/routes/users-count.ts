import { checkConsistencyLevel } from '../http/consistency-level.ts';
import { readParameters } from '../http/parameters.ts';
import type { Route } from '../route.ts';
import { toUserQuery } from '../http/user-query-parameters.ts';

/** How many users there are: a number as text, as Graph answers. */
export const usersCount: Route = {
  path: '/v1.0/users/$count',
  deadline: 'request',
  gate: 'reads',
  handler:
    ({ directory, limits }) =>
    async (request, response, { signal }) => {
      checkConsistencyLevel(request);
      const { filter, search } = toUserQuery(
        readParameters(request.originalUrl, ['$filter', '$search']),
      );
      const count = await directory.users.count(
        { filter, search },
        { signal, deadline: limits.request },
      );
      response.type('text/plain').send(String(count));
    },
};
