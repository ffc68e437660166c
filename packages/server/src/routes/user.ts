import { baseUrl } from '../http/base-url.ts';
import { readParameters } from '../http/parameters.ts';
import type { Route } from '../route.ts';
import { toUserQuery } from '../http/user-query-parameters.ts';

/** One user, by object id or userPrincipalName. */
export const user: Route = {
  path: '/v1.0/users/:id',
  deadline: 'request',
  gate: 'reads',
  handler:
    ({ directory, limits, publicUrl }) =>
    async (request, response, { signal }) => {
      const { select } = toUserQuery(readParameters(request.originalUrl, ['$select']));
      const found = await directory.users.get(String(request.params['id']), {
        select,
        signal,
        deadline: limits.request,
      });
      const properties = select === undefined ? '' : `(${select.join(',')})`;
      response.json({
        '@odata.context': `${baseUrl(request, publicUrl)}/v1.0/$metadata#users${properties}/$entity`,
        ...found,
      });
    },
};
