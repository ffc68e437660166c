import { checkFilter, filteredProperties, type FilterMode } from '../filter/check-filter.ts';
import { type FilterRange, filterRange, isIgnored } from '../filter/filter-range.ts';
import { matchFilter, type UserTest } from '../filter/match-filter.ts';
import { parseFilter } from '../filter/parse-filter.ts';
import { spellFilter } from '../filter/spell-filter.ts';
import { requireSignInActivity } from '../caller.ts';
import { badRequest, directoryBadRequest, unsupportedQuery } from '../graph-error.ts';
import type { GraphRequest } from '../graph-request.ts';
import type { PageTokenKind } from '../paging/page-token.ts';
import { parseExpand, type Expansion } from '../query/expand.ts';
import { parseOrderBy, type OrderBy } from '../query/order-by.ts';
import { parseSearch } from '../query/search.ts';
import { parseSelect, type Selection } from '../query/select.ts';
import { parseTop } from '../query/top.ts';
import type { Unsettled } from '../unsettled.ts';

/** A collection query that passed every rule of 1.1 to 1.5. */
export interface UserQuery {
  readonly selection: Selection;
  readonly pageSize: number;
  /** undefined: all users. */
  readonly matches: UserTest | undefined;
  /** Contains all users that match; undefined: any user can. */
  readonly range: FilterRange | undefined;
  readonly orderBy: OrderBy | undefined;
  readonly expand: Expansion | undefined;
  /** `@odata.count` belongs on the first page. */
  readonly counted: boolean;
  readonly tokenKind: PageTokenKind;
  readonly advanced: boolean;
}

/** Silently: more is asked for, fewer come (S1, S3). */
const signInActivityPageSize = 500;
const longestAdvancedUrl = 2048;

type Asked = Pick<GraphRequest, 'call' | 'caller' | 'options' | 'eventual'>;

function parseCount(text: string | undefined): boolean {
  if (text === undefined || text === 'false') return false;
  if (text === 'true') return true;
  throw badRequest(
    `Invalid value '${text}' for $count query option found. Valid values are 'true' and 'false'.`,
  );
}

function parseSearchOption({ call, options, eventual }: Asked): UserTest | undefined {
  const text = options.$search;
  if (text === undefined) return undefined;
  if (!eventual) {
    throw unsupportedQuery(
      "Request with $search query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'",
    );
  }
  if (text.includes('&') && !/legacySearch\s*=\s*false/i.test(call.headers['prefer'] ?? '')) {
    throw badRequest("Unrecognized query argument specified: ''.");
  }
  return parseSearch(text);
}

function both(a: UserTest | undefined, b: UserTest | undefined): UserTest | undefined {
  return a === undefined || b === undefined ? (a ?? b) : (user) => a(user) && b(user);
}

/** `$filter` and `$search` of a collection or of its `/$count`. */
export function parseMatching(
  asked: Asked,
  advanced: boolean,
  unsettled: Unsettled,
): {
  readonly matches: UserTest | undefined;
  readonly range: FilterRange | undefined;
  readonly properties: readonly string[];
  /** Kind of page token in default mode: a filter that the directory ignores leaves a plain list. */
  readonly defaultTokenKind: PageTokenKind;
} {
  const mode: FilterMode = { advanced, unsettled };
  const searched = parseSearchOption(asked);
  const { $filter } = asked.options;
  if ($filter === undefined) {
    return { matches: searched, range: undefined, properties: [], defaultTokenKind: 'keyset' };
  }
  const filter = spellFilter(parseFilter($filter));
  checkFilter(filter, mode);
  const range = filterRange(filter, mode);
  return {
    matches: both(matchFilter(filter, mode), searched),
    range: range === undefined || searched === undefined ? range : { ...range, isExact: false },
    properties: filteredProperties(filter),
    defaultTokenKind: isIgnored(filter, mode) ? 'keyset' : 'cookie',
  };
}

function requireAllowedOptions({ options }: Asked): void {
  if (options.$skip !== undefined)
    throw directoryBadRequest("'$skip' is not supported by the service.");
  if (options.$deltatoken !== undefined) {
    throw badRequest("The query parameter '$deltatoken' is not supported.");
  }
}

/** @throws {GraphError} the first error that Graph reports for an invalid query */
export function parseUserQuery(asked: Asked, unsettled: Unsettled): UserQuery {
  const { call, caller, options, eventual } = asked;
  requireAllowedOptions(asked);
  const counted = parseCount(options.$count) && eventual;
  // `$search` needs the header alone; it reads from the same index as other advanced queries.
  const advanced = counted || (eventual && options.$search !== undefined);
  if (advanced && call.url.href.length > longestAdvancedUrl) {
    throw badRequest('The request URI is too long.');
  }
  const selection = parseSelect(options.$select, 'collection');
  const top = parseTop(options.$top);
  const { matches, range, properties, defaultTokenKind } = parseMatching(
    asked,
    advanced,
    unsettled,
  );
  if (options.$orderby !== undefined && options.$filter !== undefined && !advanced) {
    throw unsupportedQuery('Sorting not supported for current query.');
  }
  const activity =
    selection.properties.includes('signInActivity') || properties.includes('signInActivity');
  if (activity) requireSignInActivity(caller, unsettled);
  return {
    selection,
    pageSize: activity ? Math.min(top, signInActivityPageSize) : top,
    matches,
    range,
    orderBy: parseOrderBy(options.$orderby, advanced, unsettled),
    expand: parseExpand(options.$expand, advanced),
    counted,
    tokenKind: advanced ? 'advanced' : defaultTokenKind,
    advanced,
  };
}
