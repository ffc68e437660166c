import { QueryError } from '../errors/query-error.ts';
import type { ResponseInfo } from '../graph/graph-request.ts';
import type { UserListing } from '../listing/listing.ts';
import type { Page } from '../paging/page.ts';
import type { Identified } from '../paging/read-page.ts';
import {
  licenseFilter,
  licenseIssue,
  licensesOf,
  type Subscription,
  subscriptionsNamed,
} from '../query/licenses.ts';
import { subscriptionsRequest } from '../query/query-url.ts';
import { leastRoles } from '../query/roles-needed.ts';
import type { UserQuery } from '../query/user-query.ts';
import { type Call, invalidBody, type UsersContext } from './users-context.ts';

function readSubscriptions(body: unknown, info: ResponseInfo): readonly Subscription[] {
  const list = typeof body === 'object' && body !== null && 'value' in body ? body.value : null;
  if (!Array.isArray(list)) throw invalidBody(info);
  return list.map((each: unknown) => {
    const { skuId, skuPartNumber } = (each ?? {}) as Readonly<Record<string, unknown>>;
    if (typeof skuId !== 'string' || typeof skuPartNumber !== 'string') throw invalidBody(info);
    return { skuId, skuPartNumber };
  });
}

/** The licenses of one listing. */
export interface ListedLicenses {
  /** Requests the subscriptions of the tenant. Returns the query with a filter in the place of a license. */
  resolve(query: UserQuery): Promise<UserQuery>;
  /** Adds the product names of the licenses to each user. */
  named<Item extends Identified>(listing: UserListing<Item>): UserListing<Item>;
}

/** @throws {QueryError} on `resolve`, when the tenant does not have the license */
export function createListedLicenses(
  { pipeline, root }: Pick<UsersContext, 'pipeline' | 'root'>,
  { license, licenses }: UserQuery,
  call: () => Call,
): ListedLicenses {
  let bySku: ReadonlyMap<string, Subscription> = new Map();
  return {
    async resolve(query) {
      if (license === undefined && licenses !== true) return query;
      const all = await pipeline.send({
        method: 'GET',
        ...subscriptionsRequest(root),
        ...call(),
        needs: leastRoles(query),
        read: readSubscriptions,
      });
      bySku = new Map(all.map((each) => [each.skuId.toLowerCase(), each]));
      if (license === undefined) return query;
      const found = subscriptionsNamed(license, all);
      const issue = licenseIssue(license, found, all);
      if (issue !== undefined) throw new QueryError([issue]);
      return { ...query, filter: licenseFilter(found, query.filter) };
    },
    named(listing) {
      if (licenses !== true) return listing;
      type Item = typeof listing extends UserListing<infer Each> ? Each : never;
      const withLicenses = (user: Item): Item => ({
        ...user,
        licenses: licensesOf((user as { assignedLicenses?: unknown }).assignedLicenses, bySku),
      });
      async function* pages(): AsyncGenerator<Page<Item>, void, undefined> {
        for await (const page of listing.pages())
          yield { ...page, items: page.items.map(withLicenses), json: undefined };
      }
      return {
        pages,
        receipt: () => listing.receipt(),
        chains: () => listing.chains(),
        async *[Symbol.asyncIterator]() {
          for await (const page of pages()) yield* page.items;
        },
      };
    },
  };
}
