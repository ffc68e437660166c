import { collectionOf } from '../query/collections/collection-of.ts';
import { countRequest } from '../query/query-url.ts';
import { checkQuery } from '../query/query-rules.ts';
import { readQuery } from '../query/read-query.ts';
import { leastRoles } from '../query/roles-needed.ts';
import type { UserQuery } from '../query/user-query.ts';
import { withDefaults } from '../query/with-defaults.ts';
import type { ResponseInfo } from '../graph/graph-request.ts';
import { collectionError } from './collection-error.ts';
import { readOptions } from './read-options.ts';
import { resolveCollection } from './resolve-collection.ts';
import type { Users } from './users.ts';
import { type Call, invalidBody, startCall, type UsersContext } from './users-context.ts';

type Counted = Pick<UserQuery, 'of' | 'filter' | 'search'>;

function readCount(body: unknown, info: ResponseInfo): number {
  if (typeof body === 'number' && Number.isSafeInteger(body) && body >= 0) return body;
  throw invalidBody(info);
}

/** Requests `$count` for a query whose collection is resolved. */
export async function requestCount(
  { pipeline, root }: Pick<UsersContext, 'pipeline' | 'root'>,
  query: Counted,
  call: Call,
): Promise<number> {
  const needs = leastRoles(query);
  const request = countRequest(root, query);
  try {
    return await pipeline.send({ method: 'GET', ...request, ...call, needs, read: readCount });
  } catch (error) {
    throw collectionError(collectionOf(query.of), error);
  }
}

export function countUsers(context: UsersContext): Users['count'] {
  return async (given = {}, givenOptions = {}) => {
    const options = readOptions(givenOptions);
    const { of, filter, search } = withDefaults(
      readQuery(given, ['of', 'filter', 'search']),
      context.defaults,
    );
    checkQuery({ of, filter, search, count: true });
    const call = startCall(context, options)();
    const resolved = await resolveCollection(context, of, call);
    return requestCount(context, { of: resolved, filter, search }, call);
  };
}
