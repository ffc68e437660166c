import { describe, expect, it } from 'vitest';

import type { UserListing } from '../listing/listing.ts';
import type { HttpRequest } from '../ports.ts';
import { fakeId, type Turn } from '../testing/fake-graph.ts';
import { openFake } from '../testing/open-fake.ts';

const root = 'https://graph.example/v1.0/users';
const uncounted = { limit: 1_000_000 };

async function idsOf(listing: UserListing): Promise<string[]> {
  const ids: string[] = [];
  for await (const user of listing) ids.push(user.id ?? '');
  return ids;
}

/** A service that returns the given pages in order, for any request; the last one repeats. */
function pagesOf(...bodies: readonly unknown[]): (request: HttpRequest, nth: number) => Turn {
  return (_request, nth) => ({ body: bodies[Math.min(nth, bodies.length) - 1] });
}

const user = (at: number): { id: string } => ({ id: fakeId(at) });
const link = (token: string): string => `${root}?$skiptoken=${token}`;

describe('links and pages', () => {
  it.each([
    ['to itself', 1],
    ['in a circle of three', 3],
  ])(
    'faults A4 row 35: links %s are found within k + 1 pages, after one more look',
    async (_name, k) => {
      const { directory, graph } = await openFake({
        users: 0,
        intervene({ url }, nth) {
          const at = Number(url.searchParams.get('$skiptoken') ?? 0);
          return { body: { value: [user(nth)], '@odata.nextLink': link(String((at % k) + 1)) } };
        },
      });
      const listing = directory.users.list(uncounted);
      await expect(idsOf(listing)).rejects.toMatchObject({
        code: 'E_PROTOCOL',
        category: 'integrity',
      });
      expect(graph.requests).toHaveLength(k + 2);
      expect(listing.receipt()).toMatchObject({ complete: false, users: k });
    },
  );

  it('faults A4 row 35: a circle that a second look does not show is gone past', async () => {
    const bodies = [
      { value: [user(1)], '@odata.nextLink': link('b') },
      { value: [user(2)], '@odata.nextLink': link('b') },
      { value: [user(2)], '@odata.nextLink': link('c') },
      { value: [user(3)] },
    ];
    const { directory } = await openFake({ users: 0, intervene: pagesOf(...bodies) });
    expect(await idsOf(directory.users.list(uncounted))).toEqual([1, 2, 3].map(fakeId));
  });

  it('faults A4 row 36: an endless chain of links without a new user ends after 1,000 pages', async () => {
    const { directory, graph } = await openFake({
      users: 0,
      intervene: (_request, nth) => ({
        body: { value: [user(1)], '@odata.nextLink': link(String(nth)) },
      }),
    });
    const listing = directory.users.list(uncounted);
    await expect(idsOf(listing)).rejects.toMatchObject({ code: 'E_PROTOCOL' });
    expect(graph.requests).toHaveLength(1002);
    expect(listing.receipt().complete).toBe(false);
  });

  it('faults A4 row 37: a hundred empty pages in a row are followed', async () => {
    const { directory, graph } = await openFake({
      users: 0,
      intervene: (_request, nth) => ({
        body:
          nth <= 100 ? { value: [], '@odata.nextLink': link(String(nth)) } : { value: [user(1)] },
      }),
    });
    expect(await idsOf(directory.users.list(uncounted))).toEqual([fakeId(1)]);
    expect(graph.requests).toHaveLength(101);
  });

  it.each([
    ['value missing', {}],
    ['value null', { value: null }],
    ['value an object', { value: {} }],
    ['items null', { value: [null] }],
    ['items scalars', { value: ['a'] }],
    ['items arrays', { value: [[]] }],
    ['an array', [user(1)]],
    ['null', null],
  ])('faults A4 row 38: a page with %s is asked for again, then refused', async (_name, body) => {
    const once = await openFake({
      users: 3,
      intervene: (_request, nth) => (nth === 1 ? { body } : undefined),
    });
    expect(await idsOf(once.directory.users.list(uncounted))).toHaveLength(3);
    expect(once.graph.requests).toHaveLength(2);
    const always = await openFake({ users: 3, intervene: () => ({ body }) });
    const listing = always.directory.users.list(uncounted);
    await expect(idsOf(listing)).rejects.toMatchObject({ code: 'E_BAD_BODY', attempts: 8 });
    expect(listing.receipt().complete).toBe(false);
  });

  it.each([
    ['', 'E_BAD_BODY'],
    [7, 'E_BAD_BODY'],
    [{}, 'E_BAD_BODY'],
  ])('faults A4 row 39: nextLink %j is a fault', async (next, code) => {
    const { directory } = await openFake({
      users: 0,
      intervene: () => ({ body: { value: [user(1)], '@odata.nextLink': next } }),
    });
    await expect(idsOf(directory.users.list(uncounted))).rejects.toMatchObject({ code });
  });

  it('faults A4 row 39: nextLink null is the end', async () => {
    const { directory } = await openFake({
      users: 0,
      intervene: () => ({ body: { value: [user(1)], '@odata.nextLink': null } }),
    });
    const listing = directory.users.list(uncounted);
    expect(await idsOf(listing)).toHaveLength(1);
    expect(listing.receipt().complete).toBe(true);
  });

  it('faults A4 row 40: a page with both links breaks the rules', async () => {
    const { directory, graph } = await openFake({
      users: 0,
      intervene: () => ({
        body: {
          value: [user(1)],
          '@odata.nextLink': link('a'),
          '@odata.deltaLink': `${root}?$deltatoken=b`,
        },
      }),
    });
    const listing = directory.users.list(uncounted);
    await expect(idsOf(listing)).rejects.toMatchObject({ category: 'integrity' });
    expect(graph.requests).toHaveLength(1);
    expect(listing.receipt()).toMatchObject({ complete: false, users: 0 });
  });

  it('faults A4 row 42: the headers that a query needs go with every page', async () => {
    const { directory, graph } = await openFake({ users: 25 });
    await idsOf(directory.users.list({ search: 'ada', pageSize: 10 }));
    const sent = graph.pageRequests().map(({ headers }) => headers);
    expect(sent).toHaveLength(3);
    for (const headers of sent)
      expect(headers).toMatchObject({ consistencylevel: 'eventual', prefer: 'legacySearch=false' });
  });
});

describe('expired page links', () => {
  const expired: Turn = { status: 400, body: { error: { code: 'Directory_ExpiredPageToken' } } };

  it('goes back to the last link that came without a retry, and returns no user twice', async () => {
    const { directory, graph, events } = await openFake({
      users: 50,
      intervene: (_request, nth) => (nth === 4 ? expired : undefined),
    });
    const listing = directory.users.list({ pageSize: 10, ...uncounted });
    expect(await idsOf(listing)).toEqual(Array.from({ length: 50 }, (_, at) => fakeId(at)));
    expect(listing.receipt()).toMatchObject({ complete: true, users: 50, duplicates: 10 });
    expect(graph.requests.map(({ url }) => url.searchParams.get('$skiptoken'))).toEqual([
      null,
      's10',
      's20',
      's30',
      's20',
      's30',
      's40',
    ]);
    expect(events).toContainEqual({
      event: 'page-link-expired',
      fields: { restartsFrom: 'last-good-link' },
    });
  });

  it('does not go back to a page that had to be asked for twice', async () => {
    const { directory, graph } = await openFake({
      users: 50,
      intervene(_request, nth) {
        if (nth === 3) return { status: 503 };
        return nth === 5 ? expired : undefined;
      },
    });
    expect(await idsOf(directory.users.list({ pageSize: 10, ...uncounted }))).toHaveLength(50);
    expect(graph.requests.map(({ url }) => url.searchParams.get('$skiptoken')).slice(4, 6)).toEqual(
      ['s30', 's10'],
    );
  });

  it('begins again when that link has expired too, five times at most', async () => {
    const some = await openFake({
      users: 50,
      intervene: (_request, nth) => (nth === 4 || nth === 5 ? expired : undefined),
    });
    const listing = some.directory.users.list({ pageSize: 10, ...uncounted });
    expect(await idsOf(listing)).toHaveLength(50);
    expect(listing.receipt()).toMatchObject({ complete: true, duplicates: 30 });
    const always = await openFake({
      users: 50,
      intervene: ({ url }) => (url.searchParams.has('$skiptoken') ? expired : undefined),
    });
    const endless = always.directory.users.list({ pageSize: 10, ...uncounted });
    await expect(idsOf(endless)).rejects.toMatchObject({ code: 'E_PAGE_LINK_EXPIRED' });
    expect(always.graph.requests).toHaveLength(12);
    expect(endless.receipt().complete).toBe(false);
  });

  it('continues as long as there is a new user between two expired links', async () => {
    let asked = 0;
    const { directory, graph } = await openFake({
      users: 200,
      intervene() {
        asked += 1;
        return asked % 4 === 0 ? expired : undefined;
      },
    });
    const listing = directory.users.list({ pageSize: 10, ...uncounted });
    expect(await idsOf(listing)).toEqual(Array.from({ length: 200 }, (_, at) => fakeId(at)));
    expect(listing.receipt()).toMatchObject({ complete: true, users: 200 });
    // Each time to the last good link, never to the first page.
    expect(graph.requests.filter(({ url }) => !url.searchParams.has('$skiptoken'))).toHaveLength(1);
  });
});

describe('data', () => {
  it('faults A6 row 61: a user on two pages is given once and counted as a duplicate', async () => {
    const bodies = [
      { value: [user(1), user(2), user(2)], '@odata.nextLink': link('b') },
      { value: [user(2), user(3)] },
    ];
    const { directory } = await openFake({ users: 0, intervene: pagesOf(...bodies) });
    const listing = directory.users.list(uncounted);
    expect(await idsOf(listing)).toEqual([1, 2, 3].map(fakeId));
    expect(listing.receipt()).toMatchObject({ users: 3, duplicates: 2, complete: true });
  });

  it('faults A6 row 62: users who come or go while we read leave the receipt reconciled', async () => {
    let counts = 0;
    const { directory } = await openFake({
      users: 5,
      intervene({ url }) {
        if (!url.pathname.endsWith('$count')) return undefined;
        counts += 1;
        return { body: counts === 1 ? 4 : 6 };
      },
    });
    const listing = directory.users.list();
    await idsOf(listing);
    expect(listing.receipt()).toMatchObject({ countAtStart: 4, countAtEnd: 6, reconciled: true });
  });

  it('faults A6 row 63: unknown fields and types are kept', async () => {
    const strange = { ...user(1), '@odata.type': '#x', extension_a_b: { deep: [1, { x: null }] } };
    const { directory } = await openFake({ users: 0, intervene: pagesOf({ value: [strange] }) });
    for await (const given of directory.users.list(uncounted)) expect(given).toEqual(strange);
  });

  it.each([{}, { id: null }, { id: '' }, { id: 7 }, { id: 'x'.repeat(129) }])(
    'faults A6 row 64: an item %j without a usable id is a body fault',
    async (item) => {
      const { directory } = await openFake({
        users: 0,
        intervene: () => ({ body: { value: [item] } }),
      });
      await expect(idsOf(directory.users.list(uncounted))).rejects.toMatchObject({
        code: 'E_BAD_BODY',
        fault: 'shape',
      });
    },
  );

  it('faults A6 row 64: ids that are not GUIDs and null names are kept unchanged', async () => {
    const odd = { id: 'Not-A-GUID/at all', userPrincipalName: null };
    const { directory } = await openFake({ users: 0, intervene: pagesOf({ value: [odd, odd] }) });
    const listing = directory.users.list(uncounted);
    for await (const given of listing) expect(given).toEqual(odd);
    expect(listing.receipt()).toMatchObject({ users: 1, duplicates: 1 });
  });

  it('faults A6 row 67: keys such as __proto__ are data and change no prototype', async () => {
    const text = `{"value":[{"id":"a","__proto__":{"polluted":1},"constructor":2,"toString":3}]}`;
    const { directory } = await openFake({
      users: 0,
      intervene: () => ({ body: Buffer.from(text) }),
    });
    for await (const given of directory.users.list(uncounted)) {
      expect(Object.getPrototypeOf(given)).toBe(Object.prototype);
      expect(JSON.stringify(given)).toBe(
        '{"id":"a","__proto__":{"polluted":1},"constructor":2,"toString":3}',
      );
    }
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});
