import { QueryError } from '../errors/query-error.ts';
import { reasonsForAdvanced } from './advanced.ts';
import { collectionOf } from './collections/collection-of.ts';
import { listRequest, pageSizeOf } from './query-url.ts';
import { checkQuery } from './query-rules.ts';
import { readQuery } from './read-query.ts';
import { pageUnits } from './resource-units.ts';
import type { UserQuery } from './user-query.ts';
import { withLicensesSelect } from './with-licenses-select.ts';
import { withInactivitySelect } from './inactivity.ts';
import { withCollectionSelect } from './with-collection-select.ts';

/** The request that a query leads to, and the reasons for its parts. */
export interface Explanation {
  readonly method: 'GET';
  readonly url: string;
  /** Sent with every page. The token is not among them. */
  readonly headers: Readonly<Record<string, string>>;
  /** `default`, or `eventual`: the index for searches, counts and negations, which is updated a little later. */
  readonly index: 'default' | 'eventual';
  readonly usersPerPage: number;
  /** Graph's resource units for each page; a tenant of more than 500 users has 8,000 per 10 seconds. */
  readonly resourceUnitsPerPage: number;
  /** One sentence for every part of the request that the query does not name itself. */
  readonly why: readonly string[];
}

/** Returns the request of a listing, its cost and the reasons; see `explain` of library.ts. */
export function explain(graph: URL, given: UserQuery = {}): Explanation {
  if (!(graph instanceof URL))
    throw new QueryError([
      {
        part: 'graph',
        message: 'must be a URL',
        hint: "Pass new URL('https://graph.microsoft.com/v1.0').",
      },
    ]);
  const query = withLicensesSelect(withInactivitySelect(withCollectionSelect(readQuery(given))));
  checkQuery(query);
  const { url, headers } = listRequest(graph, query);
  const advanced = reasonsForAdvanced(query);
  const top = pageSizeOf(query);
  const { select = [] } = query;
  const { owner } = collectionOf(query.of);
  return {
    method: 'GET',
    url: url.href,
    headers,
    index: advanced.length > 0 ? 'eventual' : 'default',
    usersPerPage: top,
    resourceUnitsPerPage: pageUnits(query, top),
    why: [
      ...(query.license === undefined
        ? []
        : [
            'The SKU IDs of the license are looked up first, and a filter by assignedLicenses is added.',
          ]),
      ...(query.inactive === undefined
        ? []
        : [
            'All users are read and the inactive ones selected locally: Graph cannot filter for them.',
          ]),
      ...(owner === undefined || owner.isId
        ? []
        : [
            `The object ID of the ${owner.type} ${owner.given} is looked up first and sent in the path.`,
          ]),
      ...(query.pageSize === undefined ? [`$top=${top}: as many users per page as possible.`] : []),
      ...(select.length > 0 && !select.includes('id')
        ? ['$select includes id, which identifies a user.']
        : []),
      ...(select.length === 0
        ? [
            'No $select: Graph returns its default properties, and each page costs one more resource unit.',
          ]
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
