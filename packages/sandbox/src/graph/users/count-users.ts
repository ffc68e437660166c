import type { Answer } from '../../http/handler.ts';
import { directoryBadRequest } from '../graph-error.ts';
import { successHeaders } from '../graph-headers.ts';
import type { Directory, GraphRequest } from '../graph-request.ts';
import { parseMatching } from './user-query.ts';
import type { UserSet } from './user-set.ts';

/**
 * `/$count` of `/users` and of other sets of users: a number as text, only with `ConsistencyLevel: eventual` (1.2,
 * section 3).
 */
export function countUsers(directory: Directory, request: GraphRequest, set: UserSet): Answer {
  if (!request.eventual) throw directoryBadRequest('$count is not currently supported.');
  const { matches, range } = parseMatching(request, true, directory.unsettled);
  return {
    status: 200,
    headers: successHeaders('text/plain', request.resourceUnits),
    body: String(set.pages.count({ matches, range }, request.call.url.search)),
  };
}
