import { longestDefaultValue, reasonsForAdvanced } from './advanced.ts';
import { collectionOf } from './collections/collection-of.ts';
import { odataLiteral, odataOptions } from './odata.ts';
import { largestPage } from './largest-page.ts';
import { userSegment } from './user-id.ts';
import type { UserQuery } from './user-query.ts';

/** What is sent for a query. The headers go with every page: links do not carry them. */
export interface QueryRequest {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
}

const json = { accept: 'application/json' };
/** Graph's switch to the index that counts, searches and negates. */
const eventual = { consistencylevel: 'eventual' };
/** Without it, `&` in a search is a syntax error (Graph's known issues, query parameters). */
const newSearch = { prefer: 'legacySearch=false' };

/** `signInActivity` caps the page, silently (Graph's reference of `GET /users`). */
const largestPageWithSignIns = 500;

function at(root: URL, path: string, options: Readonly<Record<string, string | undefined>>): URL {
  const url = new URL(root);
  url.pathname = `${root.pathname.replace(/\/+$/, '')}${path}`;
  url.search = odataOptions(options);
  return url;
}

/** `id` is always selected: it identifies a user. */
function selection(select: readonly string[] | undefined): string | undefined {
  if (select === undefined || select.length === 0) return undefined;
  return (select.includes('id') ? select : ['id', ...select]).join(',');
}

function searchHeaders(search: string | undefined): Record<string, string> {
  return search === undefined ? {} : newSearch;
}

/** Clauses go in double quotes; text without any is taken for one clause. */
function searchText(search: string | undefined): string | undefined {
  return search === undefined || search.includes('"') ? search : `"${search}"`;
}

/** How many users to ask for in one page. */
export function pageSizeOf(query: UserQuery): number {
  const signIns =
    query.filter?.includes('signInActivity') === true ||
    query.select?.some((property) => property.startsWith('signInActivity')) === true;
  return Math.min(
    query.pageSize ?? largestPage,
    query.limit ?? largestPage,
    signIns ? largestPageWithSignIns : largestPage,
  );
}

/** The first page of a listing. @param top how many users to ask for in one page */
export function listRequest(
  root: URL,
  query: UserQuery,
  top: number = pageSizeOf(query),
): QueryRequest {
  const advanced = reasonsForAdvanced(query).length > 0;
  return {
    url: at(root, collectionOf(query.of).path, {
      $top: String(top),
      $select: selection(query.select),
      $filter: query.filter,
      $search: searchText(query.search),
      $orderby: query.orderBy?.join(','),
      $expand: query.expand,
      $count: advanced ? 'true' : undefined,
    }),
    headers: { ...json, ...(advanced ? eventual : {}), ...searchHeaders(query.search) },
  };
}

/** The first page of a delta round: from the beginning, or from this moment on. */
export function changesRequest(
  root: URL,
  from: 'beginning' | 'latest',
  query: Pick<UserQuery, 'select'>,
): QueryRequest {
  return {
    url: at(root, '/users/delta', {
      $select: selection(query.select),
      $deltatoken: from === 'latest' ? 'latest' : undefined,
    }),
    headers: json,
  };
}

/** How many users a collection has; always answered by the eventual index. */
export function countRequest(
  root: URL,
  query: Pick<UserQuery, 'of' | 'filter' | 'search'>,
): QueryRequest {
  return {
    url: at(root, `${collectionOf(query.of).path}/$count`, {
      $filter: query.filter,
      $search: searchText(query.search),
    }),
    headers: { accept: 'text/plain', ...eventual, ...searchHeaders(query.search) },
  };
}

/** The subscriptions of the tenant, which are not paged. */
export function subscriptionsRequest(root: URL): QueryRequest {
  return { url: at(root, '/subscribedSkus', { $select: 'skuId,skuPartNumber' }), headers: json };
}

/** How many groups of one name are shown. */
export const mostGroups = 10;

/** The groups of a name, one more than are shown. Longer texts are compared in the eventual index only. */
export function groupsRequest(root: URL, name: string): QueryRequest {
  const isLong = name.length > longestDefaultValue;
  return {
    url: at(root, '/groups', {
      $top: String(mostGroups + 1),
      $select: 'id,displayName,description,mail',
      $filter: `displayName eq ${odataLiteral(name)}`,
      $count: isLong ? 'true' : undefined,
    }),
    headers: { ...json, ...(isLong ? eventual : {}) },
  };
}

/** One user. @throws {QueryError} when the id is none */
export function getRequest(
  root: URL,
  id: string,
  query: Pick<UserQuery, 'select' | 'expand'>,
): QueryRequest {
  const { select, expand } = query;
  return {
    url: at(root, `/users${userSegment(id)}`, { $select: selection(select), $expand: expand }),
    headers: json,
  };
}
