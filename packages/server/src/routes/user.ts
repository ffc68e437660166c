import { z } from 'zod';

import { baseUrl } from '../http/base-url.ts';
import { consistencyLevel } from '../http/consistency-level.ts';
import { odataOptions, toUserQuery } from '../http/odata-options.ts';
import { sendJson } from '../http/send-json.ts';
import { defineRoute } from '../route.ts';

const { $select } = odataOptions;

/** One user, by object ID or userPrincipalName. */
export const user = defineRoute({
  path: '/v1.0/users/:id',
  summary: 'One user, by object ID or userPrincipalName',
  role: 'Users.Read',
  input: {
    path: z.object({ id: z.string().meta({ description: 'Object ID or userPrincipalName' }) }),
    query: z.object({ $select }),
    header: z.object({ ConsistencyLevel: consistencyLevel }),
  },
  deadline: 'request',
  gate: 'reads',
  handler:
    ({ limits, publicUrl }) =>
    async ({ path, query }, { request, response, users, call: { signal } }) => {
      const { select } = toUserQuery(query);
      const found = await users.get(path.id, {
        select,
        signal,
        deadline: limits.request,
      });
      const properties = select === undefined ? '' : `(${select.join(',')})`;
      const context = `${baseUrl(request, publicUrl)}/v1.0/$metadata#users${properties}/$entity`;
      const body = JSON.stringify({ '@odata.context': context, ...found });
      sendJson(response, body, [body]);
    },
});
