import { describe, expect, it } from 'vitest';

import { collectionOf } from '../query/collections/collection-of.ts';
import { explain } from '../query/explain.ts';
import type { UserCollection } from '../query/user-collection.ts';
import { fakeId, type FakeGraphOptions, fakeRoot } from '../testing/fake-graph.ts';
import { type FakeWorld, openFake } from '../testing/open-fake.ts';

/** Every collection of the registry, with what it is in Graph. The owner of the named ones is user 1. */
const collections: readonly {
  readonly name: string;
  readonly of: UserCollection | undefined;
  readonly path: string;
  readonly roles: readonly string[];
}[] = [
  { name: 'all users', of: undefined, path: '/users', roles: ['User.Read.All'] },
  {
    name: 'deleted users',
    of: 'deleted',
    path: '/directory/deletedItems/microsoft.graph.user',
    roles: ['User.Read.All'],
  },
  {
    name: 'direct reports by object ID',
    of: { reportsOf: fakeId(1) },
    path: `/users/${fakeId(1)}/directReports/microsoft.graph.user`,
    roles: ['User.Read.All'],
  },
  {
    name: 'direct reports by name',
    of: { reportsOf: 'user1@contoso.example' },
    path: `/users/${fakeId(1)}/directReports/microsoft.graph.user`,
    roles: ['User.Read.All'],
  },
  {
    name: 'members of a group by object ID',
    of: { group: fakeId(5) },
    path: `/groups/${fakeId(5)}/members/microsoft.graph.user`,
    roles: ['GroupMember.Read.All', 'User.Read.All'],
  },
  {
    name: 'transitive members of a group by name',
    of: { group: 'Sales', transitive: true },
    path: `/groups/${fakeId(5)}/transitiveMembers/microsoft.graph.user`,
    roles: ['GroupMember.Read.All', 'User.Read.All'],
  },
];

const groupNumbers = new Map([
  ['Sales', [5]],
  ['Reviewers', [6, 7]],
  ["Directors'' Circle", [8]],
]);

/** The groups of a name, by the filter of the request. */
function groupsOf({ pathname, searchParams }: URL): { readonly body: object } | undefined {
  if (pathname !== '/v1.0/groups') return undefined;
  const [, name = ''] = /^displayName eq '(.*)'$/u.exec(searchParams.get('$filter') ?? '') ?? [];
  const value = (groupNumbers.get(name) ?? []).map((number) => ({
    id: fakeId(number),
    displayName: name,
    description: `Group ${number}`,
    mail: null,
  }));
  return { body: { value } };
}

async function idsOf(
  listing: AsyncIterable<{ readonly id?: string | undefined }>,
): Promise<readonly (string | undefined)[]> {
  const ids: (string | undefined)[] = [];
  for await (const { id } of listing) ids.push(id);
  return ids;
}

const users = 25;
const pageSize = 10;

describe.each(collections)('the collection $name', ({ of, path, roles }) => {
  const open = (options: Partial<FakeGraphOptions> = {}): Promise<FakeWorld> =>
    openFake({
      users,
      path,
      intervene: async (request, nth) =>
        (await options.intervene?.(request, nth)) ?? groupsOf(request.url),
    });
  const isPage = ({ pathname }: URL): boolean => pathname === `/v1.0${path}`;
  const query = { of, pageSize, select: ['id', 'displayName'] } as const;

  const all = Array.from({ length: users }, (_, at) => fakeId(at));

  it('is listed completely, and its receipt names and verifies it', async () => {
    const { directory, graph } = await open();
    const listing = directory.users.list(query);
    expect(await idsOf(listing)).toEqual(all);
    expect(graph.pageRequests()).toHaveLength(3);
    expect(listing.receipt()).toMatchObject({
      complete: true,
      reconciled: true,
      collection: path.slice(1),
      users,
      pages: 3,
      countAtStart: users,
      countAtEnd: users,
      query: { of },
    });
  });

  it('drops users that come twice', async () => {
    const { directory } = await open({
      intervene: ({ url }) =>
        isPage(url) && url.searchParams.get('$skiptoken') === 's20'
          ? { body: { value: [19, 20, 21, 22, 23, 24].map((at) => ({ id: fakeId(at) })) } }
          : undefined,
    });
    const listing = directory.users.list(query);
    expect(await idsOf(listing)).toEqual(all);
    expect(listing.receipt()).toMatchObject({ duplicates: 1, reconciled: true });
  });

  it('is not verified when its count disagrees', async () => {
    const { directory } = await open({
      intervene: ({ url }) => (url.pathname.endsWith('/$count') ? { body: users + 3 } : undefined),
    });
    const listing = directory.users.list(query);
    await idsOf(listing);
    expect(listing.receipt()).toMatchObject({ complete: true, reconciled: false });
  });

  it('is read again from its first page when a page link has expired', async () => {
    let expired = 0;
    const { directory } = await open({
      intervene({ url }) {
        if (!isPage(url) || url.searchParams.get('$skiptoken') !== 's20' || expired > 1)
          return undefined;
        expired += 1;
        return { status: 400, body: { error: { code: 'Directory_ExpiredPageToken' } } };
      },
    });
    const listing = directory.users.list(query);
    expect(await idsOf(listing)).toEqual(all);
    expect(listing.receipt()).toMatchObject({ complete: true, reconciled: true });
    expect(expired).toBe(2);
  });

  it('survives throttling, errors of the service and damaged bodies', async () => {
    const turns = [
      { status: 429, headers: { 'retry-after': '2' } },
      { status: 503 },
      { body: Buffer.from('{"value":[') },
    ];
    const { directory, clock } = await open({
      intervene: ({ url }) => (isPage(url) ? turns.shift() : undefined),
    });
    const listing = directory.users.list(query);
    expect(await idsOf(listing)).toEqual(all);
    expect(listing.receipt().retries).toBe(3);
    expect(Math.max(...clock.sleeps)).toBeGreaterThanOrEqual(2000);
  });

  it.each([
    'https://attacker.example/v1.0/users?$skiptoken=s10',
    `${fakeRoot.href}/users/delta?$skiptoken=s10`,
    `${fakeRoot.href}/users/${fakeId(2)}/directReports/microsoft.graph.user?$skiptoken=s10`,
    `${fakeRoot.href}/groups/${fakeId(2)}/members/microsoft.graph.user?$skiptoken=s10`,
  ])('does not follow a link to %s', async (link) => {
    const { directory, graph } = await open({
      intervene: ({ url }) =>
        isPage(url) ? { body: { value: [{ id: fakeId(0) }], '@odata.nextLink': link } } : undefined,
    });
    await expect(idsOf(directory.users.list(query))).rejects.toMatchObject({
      code: 'E_FOREIGN_LINK',
    });
    expect(graph.requests.some(({ url }) => url.href === link)).toBe(false);
  });

  it('names the permissions that it needs when they are missing', async () => {
    const { directory } = await open({
      intervene: ({ url }) =>
        isPage(url) || url.pathname.endsWith('/$count')
          ? { status: 403, body: { error: { code: 'Authorization_RequestDenied' } } }
          : undefined,
    });
    await expect(idsOf(directory.users.list(query))).rejects.toMatchObject({
      code: 'E_FORBIDDEN',
      missing: roles,
    });
  });

  it('continues an interrupted listing, and no listing of another collection', async () => {
    const first = await open();
    const listing = first.directory.users.list(query);
    const kept: string[] = [];
    for await (const page of listing.pages()) {
      kept.push(...page.items.map(({ id }) => id));
      break;
    }
    const resume = { chains: listing.chains(), receipt: listing.receipt(), ids: kept };
    const second = await open();
    const resumed = second.directory.users.list(query, { resume });
    expect([...kept, ...(await idsOf(resumed))]).toEqual(all);
    expect(resumed.receipt()).toMatchObject({ complete: true, reconciled: true, users });
    expect(second.graph.pageRequests()[0]?.url.searchParams.get('$skiptoken')).toBe('s10');
    for (const { of: other } of collections.filter((each) => each.of !== of))
      expect(() => second.directory.users.list({ ...query, of: other }, { resume })).toThrow(
        expect.objectContaining({ code: 'E_RESUME' }),
      );
  });

  it('is counted, returned page by page, and explained', async () => {
    const { directory, graph } = await open();
    expect(await directory.users.count({ of, filter: "userType eq 'Guest'" })).toBe(users);
    expect(graph.requests.at(-1)?.url.pathname).toBe(`/v1.0${path}/$count`);
    const page = await directory.users.page(query);
    const next = await directory.users.page(query, { link: page.link });
    expect(next.items.map(({ id }) => id)).toEqual(all.slice(10, 20));
    const { url, why } = explain(fakeRoot, query);
    const { owner, path: given } = collectionOf(of);
    expect(new URL(url).pathname).toBe(`/v1.0${given}`);
    expect(given === path).toBe(owner?.isId !== false);
    expect(why.join().includes('is looked up first')).toBe(owner?.isId === false);
  });

  it('stops at its limit', async () => {
    const { directory } = await open();
    const listing = directory.users.list({ ...query, limit: 12 });
    expect(await idsOf(listing)).toEqual(all.slice(0, 12));
    expect(listing.receipt()).toMatchObject({ complete: true, reconciled: null, users: 12 });
  });
});

describe('the owner of a collection', () => {
  it.each(['list', 'page', 'count'] as const)(
    'that does not exist is an error of %s',
    async (name) => {
      const owners: UserCollection[] = [
        { reportsOf: fakeId(900) },
        { reportsOf: 'missing@contoso.example' },
        { group: fakeId(900) },
        { group: 'Nothing', transitive: true },
      ];
      for (const of of owners) {
        const { directory } = await openFake({ users: 3, intervene: ({ url }) => groupsOf(url) });
        const call = {
          list: () => Array.fromAsync(directory.users.list({ of })),
          page: () => directory.users.page({ of }),
          count: () => directory.users.count({ of }),
        }[name];
        const [kind = '', given = ''] = Object.entries(of)[0] as readonly string[];
        await expect(call()).rejects.toMatchObject({
          code: kind === 'group' ? 'E_NO_SUCH_GROUP' : 'E_NO_SUCH_USER',
          category: 'not-found',
          message: expect.stringContaining(given),
        });
      }
    },
  );

  it('has a unique name, or its candidates are in the error', async () => {
    const { directory } = await openFake({ users: 3, intervene: ({ url }) => groupsOf(url) });
    await expect(directory.users.count({ of: { group: 'Reviewers' } })).rejects.toMatchObject({
      code: 'E_AMBIGUOUS_GROUP',
      category: 'usage',
      message: '2 groups are named "Reviewers".',
      hint: `Use the object ID of the group instead of its name: ${fakeId(6)} (Group 6); ${fakeId(7)} (Group 7).`,
      candidates: [{ id: fakeId(6) }, { id: fakeId(7) }],
    });
  });

  it('is found by a name with quotes, and by a long one in the eventual index', async () => {
    const { directory, graph } = await openFake({
      users: 3,
      path: `/groups/${fakeId(8)}/members/microsoft.graph.user`,
      intervene: ({ url }) => groupsOf(url),
    });
    expect(await directory.users.count({ of: { group: "Directors' Circle" } })).toBe(3);
    expect(graph.requests[0]?.headers).not.toHaveProperty('consistencylevel');
    const long = directory.users.count({ of: { group: 'x'.repeat(200) } });
    await expect(long).rejects.toMatchObject({ code: 'E_NO_SUCH_GROUP' });
    expect(graph.requests.at(-1)?.headers).toMatchObject({ consistencylevel: 'eventual' });
    expect(graph.requests.at(-1)?.url.searchParams.get('$count')).toBe('true');
  });

  it.each([[{ value: {} }], [{ value: [{}] }], [{ value: [null] }], [{}]])(
    'is not taken from the damaged body %j',
    async (body) => {
      const { directory } = await openFake({
        users: 3,
        intervene: ({ url }) => (url.pathname === '/v1.0/groups' ? { body } : undefined),
      });
      await expect(directory.users.count({ of: { group: 'Sales' } })).rejects.toMatchObject({
        code: 'E_BAD_BODY',
      });
    },
  );

  it('may have been replaced by another of the same name: a listing is not continued then', async () => {
    const of = { reportsOf: 'user1@contoso.example' };
    const path = `/users/${fakeId(1)}/directReports/microsoft.graph.user`;
    const { directory } = await openFake({ users: 25, path });
    const listing = directory.users.list({ of, pageSize: 10 });
    for await (const page of listing.pages()) {
      expect(page.items).toHaveLength(10);
      break;
    }
    const resume = { chains: listing.chains(), receipt: listing.receipt(), ids: [] };
    const replaced = await openFake({
      users: 25,
      path,
      intervene: ({ url }) =>
        url.pathname.endsWith('contoso.example') ? { body: { id: fakeId(2) } } : undefined,
    });
    const finished = resume.chains.map(() => ({ state: 'not-started' }) as const);
    for (const chains of [resume.chains, finished])
      await expect(
        Array.fromAsync(
          replaced.directory.users.list({ of, pageSize: 10 }, { resume: { ...resume, chains } }),
        ),
      ).rejects.toMatchObject({ code: chains === finished ? 'E_RESUME' : 'E_FOREIGN_LINK' });
    expect(replaced.graph.pageRequests()).toEqual([]);
  });
});

it('deleted users come with the time of the deletion unless select says otherwise', async () => {
  const { directory, graph } = await openFake({
    users: 3,
    path: '/directory/deletedItems/microsoft.graph.user',
  });
  await Array.fromAsync(directory.users.list({ of: 'deleted' }));
  expect(graph.pageRequests()[0]?.url.searchParams.get('$select')).toMatch(
    /^id,displayName,.*,deletedDateTime$/,
  );
  await Array.fromAsync(directory.users.list({ of: 'deleted', select: ['mail'] }));
  expect(graph.pageRequests()[1]?.url.searchParams.get('$select')).toBe('id,mail');
});

it.each([
  [['GroupMember.Read.All'], ['User.Read.All']],
  [['User.Read.All'], ['GroupMember.Read.All']],
  [['GroupMember.Read.All', 'User.ReadWrite.All'], []],
  [['Directory.Read.All'], []],
])('members without properties are an error: a token with %j lacks %j', async (roles, missing) => {
  const payload = Buffer.from(JSON.stringify({ roles })).toString('base64url');
  const path = `/groups/${fakeId(5)}/members/microsoft.graph.user`;
  const { directory } = await openFake({ users: 3, path, token: `e30.${payload}.x` });
  const listing = Array.fromAsync(directory.users.list({ of: { group: fakeId(5) } }));
  const outcome = await listing.catch((error: unknown) => error);
  expect(outcome).toMatchObject(
    missing.length === 0 ? { length: 3 } : { code: 'E_FORBIDDEN', missing },
  );
});

it('all queries of members are advanced, and those of direct reports with a filter', () => {
  const group = { group: fakeId(5) };
  const reports = { reportsOf: fakeId(1) };
  const filter = 'accountEnabled eq true';
  expect(explain(fakeRoot, { of: group }).index).toBe('eventual');
  expect(explain(fakeRoot, { of: reports }).index).toBe('default');
  expect(explain(fakeRoot, { of: reports, filter }).index).toBe('eventual');
  expect(explain(fakeRoot, { filter }).index).toBe('default');
  expect(() => explain(fakeRoot, { of: group, expand: 'manager' })).toThrow(
    /advanced because of the members of a group/u,
  );
});

it.each([
  ['all', /must be 'deleted' or \{ .*reportsOf/],
  [null, /must be/],
  [7, /must be/],
  [['deleted'], /must be/],
  [{}, /names no collection/],
  [{ reportsOf: undefined }, /names no collection/],
  [{ reportsOf: '' }, /must be text/],
  [{ reportsOf: 7 }, /must be text/],
  [{ reportsOf: '../groups' }, /reportsOf: .*neither an object id nor/],
  [{ reportOf: fakeId(1) }, /unknown option "reportOf"/],
  [{ reportsOf: fakeId(1), deep: true }, /unknown option "deep"/],
  [{ toString: 'x' }, /unknown option "toString"/],
  [{ group: '' }, /group: must be text/],
  [{ group: 'x', transitive: 'yes' }, /transitive: must be true or false/],
  [{ reportsOf: fakeId(1), transitive: true }, /unknown option "transitive"/],
  [{ group: 'x', reportsOf: fakeId(1) }, /more than one collection: group, reportsOf/],
])('the collection %j is an invalid query', async (of, message) => {
  const { directory, graph } = await openFake({ users: 3 });
  const query = { of } as { readonly of: UserCollection };
  for (const call of [
    () => directory.users.list(query),
    () => directory.users.page(query),
    () => directory.users.count(query),
    () => explain(fakeRoot, query),
  ])
    await expect((async () => call())()).rejects.toMatchObject({
      code: 'E_QUERY',
      message: expect.stringMatching(message),
    });
  expect(graph.requests).toEqual([]);
});
