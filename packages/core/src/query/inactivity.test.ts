import { describe, expect, it } from 'vitest';

import { createFakeClock } from '../testing/fake-clock.ts';
import { fakeId } from '../testing/fake-graph.ts';
import { openFake } from '../testing/open-fake.ts';
import { type Inactivity, isInactive } from './inactivity.ts';
import type { UserQuery } from './user-query.ts';

const now = Date.UTC(2026, 10, 25);
const daysAgo = (days: number): string => new Date(now - days * 86_400_000).toISOString();
const old = { createdDateTime: daysAgo(1000) };
const never = '0001-01-01T00:00:00Z';

describe('a user is inactive', () => {
  it.each<[string, object, Partial<Inactivity>, boolean]>([
    [
      'signed in yesterday',
      { ...old, signInActivity: { lastSignInDateTime: daysAgo(1) } },
      {},
      false,
    ],
    [
      'signed in long ago',
      { ...old, signInActivity: { lastSignInDateTime: daysAgo(91) } },
      {},
      true,
    ],
    [
      'a client signs in',
      {
        ...old,
        signInActivity: {
          lastSignInDateTime: never,
          lastNonInteractiveSignInDateTime: daysAgo(3),
        },
      },
      {},
      false,
    ],
    [
      'the year 1 is never',
      { ...old, signInActivity: { lastSignInDateTime: never, lastSuccessfulSignInDateTime: null } },
      { neverSignedIn: 'only' },
      true,
    ],
    ['never, null', { ...old, signInActivity: null }, {}, true],
    ['never, absent', old, {}, true],
    ['never, excluded', old, { neverSignedIn: 'exclude' }, false],
    [
      'long ago, but only never',
      { ...old, signInActivity: { lastSignInDateTime: daysAgo(91) } },
      { neverSignedIn: 'only' },
      false,
    ],
    ['never, but new', { createdDateTime: daysAgo(5) }, {}, false],
    [
      'never, but new, only never',
      { createdDateTime: daysAgo(5) },
      { neverSignedIn: 'only' },
      false,
    ],
    ['never, creation unknown', { createdDateTime: null }, {}, true],
    [
      'an ID is not a time',
      { ...old, signInActivity: { lastSignInRequestId: daysAgo(1) } },
      {},
      true,
    ],
    [
      'password changed',
      { ...old, lastPasswordChangeDateTime: daysAgo(5) },
      { evidence: 'password-change' },
      false,
    ],
    [
      'password old, sign-in ignored',
      {
        ...old,
        lastPasswordChangeDateTime: daysAgo(95),
        signInActivity: { lastSignInDateTime: daysAgo(1) },
      },
      { evidence: 'password-change' },
      true,
    ],
  ])('%s', (_, user, options, expected) => {
    expect(isInactive(user, { days: 90, ...options }, now)).toBe(expected);
  });
});

/** A tenant of six users: two never signed in, two long ago, two yesterday. */
function openTenant() {
  const start = createFakeClock().wall();
  const items = [undefined, 400, 1, undefined, 400, 1].map((days, at) => ({
    id: fakeId(at),
    createdDateTime: '2015-01-01T00:00:00Z',
    signInActivity:
      days === undefined
        ? null
        : { lastSignInDateTime: new Date(start - days * 86_400_000).toISOString() },
  }));
  return openFake({
    users: 6,
    intervene({ url }) {
      if (url.pathname !== '/v1.0/users') return undefined;
      const from = Number(url.searchParams.get('$skiptoken') ?? 0);
      const link = new URL(url);
      link.searchParams.set('$skiptoken', String(from + 2));
      return {
        body: {
          value: items.slice(from, from + 2),
          ...(from + 2 < items.length ? { '@odata.nextLink': link.href } : {}),
        },
      };
    },
  });
}

describe('a listing of inactive users', () => {
  it.each([
    [{ days: 90 }, [0, 1, 3, 4]],
    [{ days: 90, neverSignedIn: 'only' }, [0, 3]],
    [{ days: 90, neverSignedIn: 'exclude' }, [1, 4]],
    [{ days: 500 }, [0, 3]],
  ] as const)('%j reads all users, and passes on the selected ones', async (inactive, expected) => {
    const { directory, graph } = await openTenant();
    const listing = directory.users.list({ inactive, select: ['mail'] });
    const users = await Array.fromAsync(listing);
    expect(users.map(({ id }) => id)).toEqual(expected.map(fakeId));
    expect(listing.receipt()).toMatchObject({
      complete: true,
      reconciled: true,
      users: 6,
      selected: expected.length,
      query: { inactive },
    });
    const { searchParams } = graph.pageRequests()[0]?.url ?? new URL('x:y');
    expect(searchParams.get('$select')).toBe('id,mail,createdDateTime,signInActivity');
    expect(searchParams.get('$top')).toBe('500');
  });

  it('continues after an interruption with both counts, the time of the first run, and no other selection', async () => {
    const first = await openTenant();
    const query = { inactive: { days: 90 } };
    const listing = first.directory.users.list(query);
    const ids: string[] = [];
    for await (const page of listing.pages()) {
      ids.push(...(page.readIds ?? []));
      break;
    }
    expect(ids).toHaveLength(2);
    const resume = { chains: listing.chains(), receipt: listing.receipt(), ids };
    const second = await openTenant();
    const resumed = second.directory.users.list(query, { resume });
    expect(await Array.fromAsync(resumed)).toHaveLength(2);
    expect(resumed.receipt()).toMatchObject({ reconciled: true, users: 6, selected: 4 });
    const other = { inactive: { days: 30 } };
    expect(() => second.directory.users.list(other, { resume })).toThrow(
      expect.objectContaining({ code: 'E_RESUME' }),
    );
  });

  it.each([
    [{ inactive: 90 }, /must be an object/u],
    [{ inactive: {} }, /days must be a whole number/u],
    [{ inactive: { days: 0.5 } }, /days must be a whole number/u],
    [{ inactive: { days: 9, since: 'x' } }, /unknown option "since"/u],
    [{ inactive: { days: 9, neverSignedIn: 'maybe' } }, /neverSignedIn must be one of/u],
    [{ inactive: { days: 9, evidence: 'mail' } }, /evidence must be one of/u],
    [
      { inactive: { days: 9, evidence: 'password-change', neverSignedIn: 'only' } },
      /requires the evidence sign-in/u,
    ],
    [{ inactive: { days: 9 }, limit: 5 }, /cannot be used with a limit/u],
  ])('%j is an invalid query', async (query, message) => {
    const { directory, graph } = await openFake({ users: 3 });
    expect(() => directory.users.list(query as UserQuery)).toThrow(message);
    expect(graph.requests).toEqual([]);
  });

  it('is not a page or a count', async () => {
    const { directory } = await openFake({ users: 3 });
    const query: UserQuery = { inactive: { days: 90 } };
    for (const call of [() => directory.users.page(query), () => directory.users.count(query)])
      await expect(call()).rejects.toThrow(/inactive: does not apply to this operation/u);
  });

  it('in a tenant without a premium license is an error that names the other evidence', async () => {
    const { directory } = await openFake({
      users: 3,
      intervene: ({ url }) =>
        url.search.includes('signInActivity')
          ? {
              status: 403,
              headers: { 'request-id': 'r' },
              body: { error: { code: 'Authentication_RequestFromNonPremiumTenantOrB2CTenant' } },
            }
          : undefined,
    });
    const list = (inactive: Inactivity) => Array.fromAsync(directory.users.list({ inactive }));
    await expect(list({ days: 90 })).rejects.toMatchObject({
      code: 'E_ACCESS_DENIED',
      remedy: { code: 'omit-sign-in-activity' },
      hint: expect.stringContaining('password-change'),
    });
    expect(await list({ days: 90, evidence: 'password-change' })).toHaveLength(3);
  });
});
