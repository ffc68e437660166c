import { QueryError } from '../errors/query-error.ts';
import { reasonsForAdvanced } from './advanced.ts';
import { listRequest, pageSizeOf } from './query-url.ts';
import { checkQuery } from './query-rules.ts';
import { readQuery } from './read-query.ts';
import { pageUnits } from './resource-units.ts';
import type { UserQuery } from './user-query.ts';

/** What would be sent for a query, and why. */
export interface Explanation {
  readonly method: 'GET';
  readonly url: string;
  /** Sent with every page. The token is not among them. */
  readonly headers: Readonly<Record<string, string>>;
  /** `default`, or `eventual`: the index that searches, counts and negates, and lags behind a little. */
  readonly index: 'default' | 'eventual';
  readonly usersPerPage: number;
  /** Graph's resource units for each page; 8,000 are given out in 10 seconds to a tenant of over 500 users. */
  readonly resourceUnitsPerPage: number;
  /** One sentence for everything that the query did not ask for itself. */
  readonly why: readonly string[];
}

/**
 * Says what a listing would send. Pure: nothing is sent.
 * @param graph the Graph root, with its version
 * @throws {QueryError} when the query cannot be asked
 */
export function explain(graph: URL, given: UserQuery = {}): Explanation {
  if (!(graph instanceof URL))
    throw new QueryError([
      {
        part: 'graph',
        message: 'must be a URL',
        hint: "Pass new URL('https://graph.microsoft.com/v1.0').",
      },
    ]);
  const query = readQuery(given);
  checkQuery(query);
  const { url, headers } = listRequest(graph, query);
  const advanced = reasonsForAdvanced(query);
  const top = pageSizeOf(query);
  const { select = [] } = query;
  return {
    method: 'GET',
    url: url.href,
    headers,
    index: advanced.length > 0 ? 'eventual' : 'default',
    usersPerPage: top,
    resourceUnitsPerPage: pageUnits(query, top),
    why: [
      ...(query.pageSize === undefined ? [`$top=${top}: as many users a page as possible.`] : []),
      ...(select.length > 0 && !select.includes('id')
        ? ['$select includes id, which identifies a user.']
        : []),
      ...(select.length === 0
        ? ['No $select: Graph gives its default properties, and each page costs one unit more.']
        : []),
      ...advanced.map(
        (reason) => `ConsistencyLevel: eventual and $count=true, because of ${reason}.`,
      ),
      ...(headers['prefer'] === undefined
        ? []
        : ['Prefer: legacySearch=false, so that a search can contain &.']),
    ],
  };
}
