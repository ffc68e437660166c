import { getRequest } from '../query/query-url.ts';
import { readQuery } from '../query/read-query.ts';
import { leastRoles } from '../query/roles-needed.ts';
import { userError } from './collection-error.ts';
import { readUser } from './read-user.ts';
import { readOptions } from './read-options.ts';
import type { Users } from './users.ts';
import { startCall, type UsersContext } from './users-context.ts';

export function getUser(context: UsersContext): Users['get'] {
  const { pipeline, root } = context;
  return async (id, given) => {
    const { select, expand, ...options } = readOptions(given, ['select', 'expand']);
    const query = readQuery({ select, expand });
    try {
      return await pipeline.send({
        method: 'GET',
        ...getRequest(root, id, query),
        ...startCall(context, options)(),
        needs: leastRoles(query),
        // As on a page, only the id is checked.
        read: (body, info) => readUser(body, info) as never,
      });
    } catch (error) {
      throw userError(id, error);
    }
  };
}
