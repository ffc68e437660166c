import { expect, it } from 'vitest';

import type { HttpRequest } from '../ports.ts';
import type { UserQuery } from '../query/user-query.ts';
import { fakeId, type Turn } from '../testing/fake-graph.ts';
import { openFake } from '../testing/open-fake.ts';
import type { Directory } from './directory.ts';

const isAdvanced = ({ url, headers }: HttpRequest): boolean =>
  headers['consistencylevel'] === 'eventual' &&
  (url.searchParams.get('$count') === 'true' || url.pathname.endsWith('/$count'));

function rejection(message: string, code = 'Request_UnsupportedQuery'): Turn {
  return { status: 400, body: { error: { code, message } } };
}

/** The wordings in which Graph says that it requires an advanced query. */
const requirements = [
  "Operator 'x' is not supported because the required parameters might be missing. Try adding $count=true query parameter and ConsistencyLevel:eventual header. Refer to https://aka.ms/graph-docs/advanced-queries for more information",
  "Request with $search query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'",
  'Expand with $levels needs $count=true and the ConsistencyLevel:eventual header.',
];

/** The calls that send a query of the caller. */
const calls: Readonly<
  Record<string, (directory: Directory, query: UserQuery) => Promise<readonly unknown[]>>
> = {
  list: ({ users }, query) => Array.fromAsync(users.list({ ...query, limit: 30, pageSize: 10 })),
  'list in parallel': ({ users }, query) =>
    Array.fromAsync(users.list({ ...query, pageSize: 10 }, { parallel: 4 })),
  page: async ({ users }, query) => (await users.page(query)).items,
};

it.each(requirements.flatMap((text) => Object.keys(calls).map((name) => [name, text] as const)))(
  'faults A11 row 113: %s repeats a request as an advanced query when Graph says that it requires one: %s',
  async (name, message) => {
    const { directory, graph, events } = await openFake({
      users: 30,
      intervene: (request) => (isAdvanced(request) ? undefined : rejection(message)),
    });
    const users = await calls[name]?.(directory, { filter: "future eq 'a'" });
    expect(users).toHaveLength(30);
    const rejected = graph.requests.filter((request) => !isAdvanced(request));
    // The sample of a parallel listing is one more request in default mode.
    expect(rejected.length).toBeLessThanOrEqual(2);
    expect(events.filter(({ event }) => event === 'advanced-query-used')).toEqual([
      { event: 'advanced-query-used', fields: { reason: 'required' } },
    ]);
  },
);

it.each([
  ['another reason', rejection('Invalid filter clause')],
  ['no message', { status: 400, body: { error: { code: 'Request_UnsupportedQuery' } } }],
  [
    'a missing permission',
    { status: 403, body: { error: { code: 'x', message: requirements[0] } } },
  ],
] satisfies [string, Turn][])('faults A11 row 113: is not sent again for %s', async (_, turn) => {
  const { directory, graph } = await openFake({ users: 3, intervene: () => turn });
  await expect(directory.users.page({ filter: "future eq 'a'" })).rejects.toThrow();
  expect(graph.requests).toHaveLength(1);
});

it('faults A11 row 113: an advanced query that is rejected is not sent again', async () => {
  const { directory, graph } = await openFake({
    users: 3,
    intervene: () => rejection(String(requirements[0])),
  });
  const query = { filter: "future eq 'a'", advanced: true };
  await expect(directory.users.page(query)).rejects.toMatchObject({ code: 'E_BAD_REQUEST' });
  expect(graph.requests.map(isAdvanced)).toEqual([true]);
});

/** Rejects every link of a default list after `pages` pages, as the links of filtered lists expire. */
function expireAfter(pages: number): (request: HttpRequest) => Turn {
  return (request) => {
    const skip = Number(request.url.searchParams.get('$skiptoken')?.slice(1) ?? 0);
    return !isAdvanced(request) && skip >= pages * 10
      ? rejection('The page token is expired.', 'Directory_ExpiredPageToken')
      : undefined;
  };
}

it.each([
  ['a filter', { filter: "department eq 'x'" }],
  ['a filter by an extension', { filter: `extension_${'a'.repeat(32)}_x eq 'x'` }],
  ['a filter and selected properties', { filter: 'accountEnabled eq true', select: ['mail'] }],
] satisfies [string, UserQuery][])(
  'faults A11 row 114: when the links of a listing with %s expire, it is read on with advanced queries',
  async (_, query) => {
    const { directory, graph, events } = await openFake({ users: 50, intervene: expireAfter(2) });
    const listing = directory.users.list({ ...query, pageSize: 10 }, { parallel: 'off' });
    const users = await Array.fromAsync(listing);
    expect(users.map(({ id }) => id)).toEqual(Array.from({ length: 50 }, (__, at) => fakeId(at)));
    expect(listing.receipt()).toMatchObject({ complete: true, users: 50 });
    expect(graph.requests.at(-2)).toSatisfy(isAdvanced);
    expect(events).toContainEqual({
      event: 'advanced-query-used',
      fields: { reason: 'page-link-expired' },
    });
  },
);

it.each([
  ['no filter', {}],
  ['an expanded manager', { filter: "department eq 'x'", expand: 'manager' }],
  ['a filter that only the default index has', { filter: "identities/any(i:i/issuer eq 'x')" }],
] satisfies [string, UserQuery][])(
  'faults A11 row 114: with %s, the expired links are named as the cause after restarts',
  async (_, query) => {
    const { directory, graph } = await openFake({ users: 50, intervene: expireAfter(2) });
    const listing = directory.users.list({ ...query, pageSize: 10 }, { parallel: 'off' });
    await expect(Array.fromAsync(listing)).rejects.toMatchObject({
      code: 'E_PAGE_LINK_EXPIRED',
      category: 'service',
      graphCode: 'Directory_ExpiredPageToken',
      restarts: 5,
      remedy: { code: 'retry-later' },
      message: expect.stringContaining('The link to the next page expired') as string,
    });
    const pages = graph.pageRequests();
    expect(pages.some(isAdvanced)).toBe(false);
    expect(listing.receipt()).toMatchObject({ complete: false, users: 20 });
  },
);
