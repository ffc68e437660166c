import { countRequest } from '../query/query-url.ts';
import { checkQuery } from '../query/query-rules.ts';
import { readQuery } from '../query/read-query.ts';
import { leastRoles } from '../query/roles-needed.ts';
import type { UserQuery } from '../query/user-query.ts';
import { withDefaults } from '../query/with-defaults.ts';
import type { ResponseInfo } from '../graph/graph-request.ts';
import { readOptions } from './read-options.ts';
import type { Users } from './users.ts';
import { type Call, invalidBody, startCall, type UsersContext } from './users-context.ts';

type Counted = Pick<UserQuery, 'filter' | 'search'>;

function readCount(body: unknown, info: ResponseInfo): number {
  if (typeof body === 'number' && Number.isSafeInteger(body) && body >= 0) return body;
  throw invalidBody(info);
}

/** Requests `$count` for a query. */
export function requestCount(
  { pipeline, root }: Pick<UsersContext, 'pipeline' | 'root'>,
  query: Counted,
  call: Call,
): Promise<number> {
  const needs = leastRoles(query);
  const request = countRequest(root, query);
  return pipeline.send({ method: 'GET', ...request, ...call, needs, read: readCount });
}

export function countUsers(context: UsersContext): Users['count'] {
  return async (given = {}, givenOptions = {}) => {
    const options = readOptions(givenOptions);
    const { filter, search } = withDefaults(
      readQuery(given, ['filter', 'search']),
      context.defaults,
    );
    checkQuery({ filter, search, count: true });
    return requestCount(context, { filter, search }, startCall(context, options)());
  };
}
