import type { Page, UserListing, UserQuery, Users } from '@rollcall/core';

import { RequestError } from '../../errors/request-error.ts';
import { queryProperties, UnreadableQuery } from './query-properties.ts';

/** What a request can read: the operations of core that routes use. */
export type ReadableUsers = Pick<Users, 'list' | 'page' | 'get' | 'count' | 'changes'>;

function notAvailable(): never {
  throw new Error('a route for anyone cannot read users');
}

/** For routes without a role. */
export const noUsers: ReadableUsers = {
  list: notAvailable,
  page: notAvailable,
  get: notAvailable,
  count: notAvailable,
  changes: notAvailable,
};

function denied(detail: string): RequestError {
  return new RequestError({
    status: 403,
    code: 'field_denied',
    graphCode: 'Authorization_RequestDenied',
    title: 'Property not allowed',
    detail,
  });
}

/** What Graph returns without `$select` (reference of `GET /users`). */
const defaultProperties = [
  'id',
  'displayName',
  'userPrincipalName',
  'mail',
  'givenName',
  'surname',
  'jobTitle',
  'mobilePhone',
  'officeLocation',
  'preferredLanguage',
  'businessPhones',
];

const guid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/iu;

/**
 * Restricts users to some properties. The list covers every part of a query, because a property that can be compared,
 * searched or sorted by can be guessed; what core reads for its own checks is removed from the responses.
 * @param allowed names of properties, in Graph's spelling
 */
export function restrictUsers(users: ReadableUsers, allowed: readonly string[]): ReadableUsers {
  const names = new Set(allowed.map((name) => name.toLowerCase()));
  const isAllowed = (name: string): boolean => names.has(name.toLowerCase());

  /** A name that is found or not found tells whether a user has it. */
  function checkName(id: string): void {
    if (guid.test(id) || isAllowed('userPrincipalName')) return;
    throw denied('id: the role of the caller does not include userPrincipalName; use object IDs.');
  }

  function check(query: UserQuery): void {
    if (typeof query.of === 'object' && 'reportsOf' in query.of) checkName(query.of.reportsOf);
    let properties: ReturnType<typeof queryProperties>;
    try {
      properties = queryProperties(query);
    } catch (error) {
      if (!(error instanceof UnreadableQuery)) throw error;
      throw denied(
        `${error.part}: the expression is not accepted, because the role of the caller is restricted to some properties.`,
      );
    }
    for (const [option, used] of properties) {
      const refused = used.find((name) => !isAllowed(name));
      if (refused !== undefined)
        throw denied(`${option}: the role of the caller does not include ${refused}.`);
    }
  }

  /** Selects what the role includes when the query selects nothing. */
  function restricted<Query extends UserQuery>(query: Query): Query {
    check(query);
    if (query.select !== undefined) return query;
    const select = defaultProperties.filter(isAllowed);
    return { ...query, select: select.length > 0 ? select : allowed };
  }

  function strip<Item>(item: Item): Item {
    const entries = Object.entries(item as object).filter(
      ([name]) => name.startsWith('@') || isAllowed(name.split('@')[0] ?? ''),
    );
    return Object.fromEntries(entries) as Item;
  }

  function stripPage<Item>(page: Page<Item>): Page<Item> {
    // Without the items that are not parsed, which a stream would write.
    return { ...page, items: page.items.map(strip), json: undefined };
  }

  const list = ((query: UserQuery = {}, options) => {
    const listing = users.list(restricted(query), options) as UserListing<object>;
    async function* pages(): AsyncGenerator<Page<object>> {
      for await (const page of listing.pages()) yield stripPage(page);
    }
    return {
      pages,
      receipt: () => listing.receipt(),
      chains: () => listing.chains(),
      async *[Symbol.asyncIterator]() {
        for await (const page of pages()) yield* page.items;
      },
    };
  }) as Users['list'];

  const page = (async (query: UserQuery = {}, options) =>
    stripPage(await users.page(restricted(query), options))) as Users['page'];

  const get = (async (id: string, options = {}) => {
    checkName(id);
    const { select } = restricted({ select: options.select });
    return strip(await users.get(id, { ...options, select }));
  }) as Users['get'];

  const changes = ((from, options = {}) => {
    const { select } = restricted({ select: options.select });
    return (async function* () {
      for await (const round of users.changes(from, { ...options, select }))
        yield { ...round, items: round.items.map(strip), json: undefined };
    })();
  }) as Users['changes'];

  return {
    list,
    page,
    get,
    changes,
    async count(query, options) {
      check(query ?? {});
      return users.count(query, options);
    },
  };
}
