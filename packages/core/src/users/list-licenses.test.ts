import { expect, it } from 'vitest';

import { subscriptionsNamed } from '../query/licenses.ts';
import type { UserQuery } from '../query/user-query.ts';
import { fakeId } from '../testing/fake-graph.ts';
import { openFake } from '../testing/open-fake.ts';

const e3 = { skuId: '6fd2c87f-b296-42f0-b197-1e91e994b900', skuPartNumber: 'ENTERPRISEPACK' };
const e5 = { skuId: '06ebc4ee-1bb5-47dd-8120-11324bc54e06', skuPartNumber: 'SPE_E5' };
const office5 = {
  skuId: 'c7df2760-2c81-4ef7-b578-5b5392b571df',
  skuPartNumber: 'ENTERPRISEPREMIUM',
};
const own = { skuId: fakeId(99), skuPartNumber: 'CONTOSO_TOOL' };
const all = [e3, e5, office5, own];

const open = (subscriptions: unknown = all) =>
  openFake({
    users: 3,
    intervene({ url }) {
      if (url.pathname === '/v1.0/subscribedSkus') return { body: { value: subscriptions } };
      if (url.pathname !== '/v1.0/users') return undefined;
      const assigned = [[e3, own], [{ skuId: 'unknown' }], []];
      return {
        body: {
          value: assigned.map((assignedLicenses, at) => ({ id: fakeId(at), assignedLicenses })),
        },
      };
    },
  });

it.each([
  ['E5', [e5, office5]],
  ['e3', [e3]],
  ['Office 365 E5', [office5]],
  ['spe_e5', [e5]],
  [e3.skuId.toUpperCase(), [e3]],
  ['contoso_tool', [own]],
  ['Office', []],
])('%s names its subscriptions', (text, found) => {
  expect(subscriptionsNamed(text, all)).toEqual(found);
});

it('adds the product names of all licenses, the part number of others, and the ID of unknown ones', async () => {
  const { directory, graph } = await open();
  const listing = directory.users.list({ licenses: true, select: ['mail'] });
  const users = (await Array.fromAsync(listing)) as readonly object[];
  expect(users.map((user) => (user as { licenses?: unknown }).licenses)).toEqual([
    ['Office 365 E3', 'CONTOSO_TOOL'],
    ['unknown'],
    [],
  ]);
  expect(listing.receipt()).toMatchObject({ complete: true, reconciled: true, users: 3 });
  expect(graph.pageRequests()[0]?.url.searchParams.get('$select')).toBe('id,mail,assignedLicenses');
});

it('filters by the subscriptions that a license names, together with the filter of the query', async () => {
  const { directory, graph } = await open();
  await Array.fromAsync(directory.users.list({ license: 'E5', filter: "userType eq 'Member'" }));
  const filter = `(userType eq 'Member') and (assignedLicenses/any(a:a/skuId eq ${e5.skuId}) or assignedLicenses/any(a:a/skuId eq ${office5.skuId}))`;
  for (const { url } of graph.requests.filter((each) =>
    each.url.pathname.startsWith('/v1.0/users'),
  ))
    expect(url.searchParams.get('$filter')).toBe(filter);
});

it('a license that the tenant does not have is an error with those it has', async () => {
  const { directory, graph } = await open([e3]);
  await expect(Array.fromAsync(directory.users.list({ license: 'E7' }))).rejects.toMatchObject({
    code: 'E_QUERY',
    message: expect.stringContaining('license: the tenant has no license "E7"'),
    hint: expect.stringContaining('Office 365 E3 (ENTERPRISEPACK)'),
  });
  expect(graph.pageRequests()).toEqual([]);
});

it.each<[UserQuery]>([[{ licenses: true }], [{ license: 'E5' }]])(
  '%j names the permission for subscriptions when it is missing',
  async (query) => {
    const { directory } = await openFake({
      users: 3,
      intervene: ({ url }) =>
        url.pathname.endsWith('/subscribedSkus')
          ? { status: 403, body: { error: { code: 'Authorization_RequestDenied' } } }
          : undefined,
    });
    await expect(Array.fromAsync(directory.users.list(query))).rejects.toMatchObject({
      code: 'E_FORBIDDEN',
      missing: ['User.Read.All', 'LicenseAssignment.Read.All'],
    });
  },
);

it.each([[{ value: 7 }], [[{ skuId: 1 }]], [[null]]])(
  'the damaged subscriptions %j are not used',
  async (subscriptions) => {
    const { directory } = await open(subscriptions);
    await expect(Array.fromAsync(directory.users.list({ licenses: true }))).rejects.toMatchObject({
      code: 'E_BAD_BODY',
    });
  },
);
