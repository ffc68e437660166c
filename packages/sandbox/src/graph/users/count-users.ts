import type { Answer } from '../../http/handler.ts';
import { directoryBadRequest } from '../graph-error.ts';
import { successHeaders } from '../graph-headers.ts';
import type { Directory, GraphRequest } from '../graph-request.ts';
import { parseMatching } from './user-query.ts';

/** `GET /users/$count`: a number as text, only with `ConsistencyLevel: eventual` (1.2, section 3). */
export function countUsers(directory: Directory, request: GraphRequest): Answer {
  if (!request.eventual) throw directoryBadRequest('$count is not currently supported.');
  const { matches, range } = parseMatching(request, true, directory.unsettled);
  return {
    status: 200,
    headers: successHeaders('text/plain', request.resourceUnits),
    body: String(directory.pages.count({ matches, range }, request.call.url.search)),
  };
}
