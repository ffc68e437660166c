import { createHash } from 'node:crypto';

import type { User } from '@microsoft/microsoft-graph-types';
import { expect, it } from 'vitest';

import type { UserListing } from '../listing/listing.ts';
import { fakeId } from '../testing/fake-graph.ts';
import { openFake } from '../testing/open-fake.ts';
import type { Users } from './users.ts';

async function collect(listing: UserListing): Promise<User[]> {
  const users: User[] = [];
  for await (const user of listing) users.push(user);
  return users;
}

it('lists every user once, over pages, and says so in the receipt', async () => {
  const { directory, graph } = await openFake({ users: 2500 });
  const listing = directory.users.list({ select: ['displayName'] });
  expect(listing.receipt().complete).toBe(false);
  const users = await collect(listing);
  expect(new Set(users.map((user) => user.id)).size).toBe(2500);
  expect(graph.pageRequests()).toHaveLength(3);
  const ids = users.map((user) => `${user.id}\n`).toSorted();
  expect(listing.receipt()).toMatchObject({
    complete: true,
    reconciled: true,
    tenant: 'contoso.example',
    cloud: 'custom',
    users: 2500,
    pages: 3,
    duplicates: 0,
    countAtStart: 2500,
    countAtEnd: 2500,
    requests: 5,
    retries: 0,
    resourceUnits: 3,
    tokens: 1,
    requestIds: ['r0', 'r1998'],
    sha256: createHash('sha256').update(ids.join('')).digest('hex'),
  });
});

it('asks for 999 users a page with id among the properties, and names itself and the request', async () => {
  const { directory, graph } = await openFake({ users: 1 });
  await collect(directory.users.list({ select: ['displayName'], filter: "surname eq 'O''Neil'" }));
  const [request] = graph.pageRequests();
  expect(request?.url.search).toBe(
    '?$top=999&$select=id,displayName&$filter=surname%20eq%20%27O%27%27Neil%27',
  );
  expect(request?.headers).toMatchObject({
    accept: 'application/json',
    authorization: 'Bearer token-1',
    'client-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
    'user-agent': 'rollcall',
  });
});

it('stops at the limit, asks for no more than that, and is complete', async () => {
  const { directory, graph } = await openFake({ users: 50 });
  const listing = directory.users.list({ limit: 7 });
  expect(await collect(listing)).toHaveLength(7);
  expect(graph.requests).toHaveLength(1);
  expect(graph.requests[0]?.url.searchParams.get('$top')).toBe('7');
  expect(listing.receipt()).toMatchObject({ complete: true, users: 7, reconciled: null });
});

it('is not complete when the reader leaves early', async () => {
  const { directory } = await openFake({ users: 2000 });
  const listing = directory.users.list();
  for await (const page of listing.pages()) {
    expect(page.items.length).toBeGreaterThan(0);
    break;
  }
  expect(listing.receipt()).toMatchObject({ complete: false, sha256: null, finishedAt: null });
});

it('can be read once: a second reader gets an error, not an empty list', async () => {
  const { directory } = await openFake({ users: 3 });
  const listing = directory.users.list();
  await collect(listing);
  await expect(collect(listing)).rejects.toThrow(/users\.list\(\) again/);
  await expect(listing.pages()[Symbol.asyncIterator]().next()).rejects.toThrow(TypeError);
  expect(listing.receipt()).toMatchObject({ complete: true, users: 3 });
});

it('gets one user, counts, and says when there is none', async () => {
  const { directory, graph } = await openFake({ users: 3 });
  expect(await directory.users.get(fakeId(1))).toMatchObject({ displayName: 'User 1' });
  expect(await directory.users.count()).toBe(3);
  expect(graph.requests.at(-1)?.headers['consistencylevel']).toBe('eventual');
  await expect(directory.users.get('unknown@contoso.example')).rejects.toMatchObject({
    code: 'E_NO_SUCH_USER',
    category: 'not-found',
    id: 'unknown@contoso.example',
  });
});

it('returns one page at a time to a caller that stores its position', async () => {
  const { directory } = await openFake({ users: 5 });
  const query = { pageSize: 3 };
  const first = await directory.users.page(query);
  expect(first.items).toHaveLength(3);
  const second = await directory.users.page(query, { link: first.link });
  expect(second).toMatchObject({ link: undefined, items: [{ id: fakeId(3) }, { id: fakeId(4) }] });
  await expect(
    directory.users.page(query, { link: 'https://hostile.example/v1.0/users' }),
  ).rejects.toMatchObject({ code: 'E_FOREIGN_LINK' });
});

it('leaves the receipt unreconciled where the tenant has no count', async () => {
  const { directory } = await openFake({
    users: 3,
    intervene: ({ url }) => (url.pathname.endsWith('$count') ? { status: 400 } : undefined),
  });
  const listing = directory.users.list();
  await collect(listing);
  expect(listing.receipt()).toMatchObject({ complete: true, reconciled: null, countAtEnd: null });
});

it('says when the count disagrees', async () => {
  const { directory } = await openFake({
    users: 3,
    intervene: ({ url }) => (url.pathname.endsWith('$count') ? { body: 4 } : undefined),
  });
  const listing = directory.users.list();
  await collect(listing);
  expect(listing.receipt()).toMatchObject({ complete: true, reconciled: false });
});

it('faults A1 row 11: 403 is asked once and names the permission, the code and the request', async () => {
  const { directory, graph } = await openFake({
    users: 3,
    intervene: () => ({
      status: 403,
      headers: { 'request-id': 'req-403' },
      body: { error: { code: 'Authorization_RequestDenied', message: 'Insufficient privileges' } },
    }),
  });
  const failure = await directory.users.get('ada@contoso.example').catch((error: unknown) => error);
  expect(failure).toMatchObject({
    code: 'E_FORBIDDEN',
    category: 'permission',
    missing: ['User.Read.All'],
    graphCode: 'Authorization_RequestDenied',
    requestId: 'req-403',
    attempts: 1,
  });
  expect(String(failure)).toContain('User.Read.All');
  expect(String(failure)).toContain('req-403');
  expect(graph.requests).toHaveLength(1);
});

it('faults A1 row 7: permanent throttling stops after eight requests', async () => {
  const { directory, graph, clock } = await openFake({
    users: 3,
    intervene: () => ({ status: 429, headers: { 'retry-after': '3' } }),
  });
  const failure = directory.users.get('ada@contoso.example');
  await expect(failure).rejects.toMatchObject({ code: 'E_THROTTLED', attempts: 8 });
  expect(graph.requests).toHaveLength(8);
  expect(Math.min(...clock.sleeps)).toBeGreaterThanOrEqual(3000);
});

it('renews the token once after 401, with the claims of the challenge, and then gives in', async () => {
  const claims = '{"access_token":{"nbf":{"essential":true,"value":"1702682181"}}}';
  const challenge = {
    status: 401,
    headers: {
      'www-authenticate': `PoP realm="", Bearer realm="", authorization_uri="https://login.example/common", error="insufficient_claims", claims="${Buffer.from(claims).toString('base64')}"`,
    },
    body: { error: { code: 'InvalidAuthenticationToken' } },
  };
  const once = await openFake({
    users: 3,
    intervene: (_request, nth) => (nth === 1 ? challenge : undefined),
  });
  expect(await once.directory.users.count()).toBe(3);
  expect(once.tokens).toEqual([undefined, claims]);
  const always = await openFake({ users: 3, intervene: () => challenge });
  await expect(always.directory.users.count()).rejects.toMatchObject({ code: 'E_UNAUTHORIZED' });
  expect(always.graph.requests).toHaveLength(2);
});

it('a 401 without a challenge gets another token, and the old one is not sent again', async () => {
  const { directory, graph, tokens } = await openFake({
    users: 3,
    intervene: (_request, nth) =>
      nth === 1 ? { status: 401, headers: { 'request-id': 'r' } } : undefined,
  });
  expect(await directory.users.count()).toBe(3);
  expect(tokens).toEqual([undefined, undefined]);
  expect(graph.requests.map(({ headers }) => headers['authorization'])).toEqual([
    'Bearer token-1',
    'Bearer token-2',
  ]);
});

it.each<[string, (users: Users) => Promise<unknown>]>([
  ['list', (users) => Array.fromAsync(users.list({ select: ['id', 'signInActivity'] }))],
  ['page', (users) => users.page({ select: ['id', 'signInActivity'] })],
  ['get', (users) => users.get(fakeId(1), { select: ['signInActivity'] })],
  ['count', (users) => users.count({ filter: 'signInActivity/lastSignInDateTime le 2024-01-01' })],
])('%s that is forbidden names every permission that it takes', async (_, ask) => {
  const { directory } = await openFake({
    users: 3,
    intervene: () => ({ status: 403, body: { error: { code: 'Authorization_RequestDenied' } } }),
  });
  await expect(ask(directory.users)).rejects.toMatchObject({
    code: 'E_FORBIDDEN',
    missing: ['User.Read.All', 'AuditLog.Read.All'],
    message: expect.stringContaining('requires User.Read.All and AuditLog.Read.All'),
  });
});
