import type { Directory } from '@rollcall/core';

type Users = Directory['users'];

/** Returns the users API with the tenant as the first property of each user of a listing. */
export function withTenant(users: Users, tenant: string): Users {
  const list: Users['list'] = (query, options) => {
    const listing = users.list(query, options);
    return {
      receipt: () => listing.receipt(),
      chains: () => listing.chains(),
      async *pages() {
        for await (const page of listing.pages())
          yield {
            ...page,
            // Users that are not parsed have no place for the tenant.
            json: undefined,
            items: page.items.map((user) => Object.assign({ tenant }, user)),
          };
      },
      async *[Symbol.asyncIterator]() {
        for await (const user of listing) yield Object.assign({ tenant }, user);
      },
    };
  };
  return { ...users, list };
}
