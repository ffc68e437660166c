import { describe, expect, test } from 'vitest';
import { createChangeScript } from '../../directory/change-script.ts';
import { tellTruth } from '../../directory/truth.ts';
import { createTestGraph, origin, type Body, type TestGraph } from '../testing/graph.ts';

type Item = Readonly<Record<string, unknown>>;

async function round(
  graph: TestGraph,
  path: string,
  headers = {},
): Promise<{ pages: readonly Body[]; items: readonly Item[]; link: string }> {
  const pages = await graph.pages(path, headers);
  return {
    pages,
    items: pages.flatMap((page) => page.value),
    link: pages.at(-1)!['@odata.deltaLink']!,
  };
}

describe('a first round', () => {
  test('returns all users in pages, each with exactly one link', async () => {
    const graph = createTestGraph({ users: 450 });
    const { pages, items, link } = await round(graph, 'users/delta?$select=displayName');
    expect(items).toHaveLength(450);
    expect(pages.length).toBeGreaterThan(1);
    for (const page of pages) {
      expect('@odata.nextLink' in page).not.toBe('@odata.deltaLink' in page);
    }
    expect(Object.keys(items[0]!)).toEqual(['id', 'displayName']);
    expect(link).toMatch(/^https:\/\/graph\.test:8443\/v1\.0\/users\/delta\?\$deltatoken=[\w-]+$/);
    expect(pages[0]!['@odata.nextLink']).toMatch(/\/users\/delta\?\$skiptoken=[\w-]+$/);
  });

  test('accepts the long name too', async () => {
    expect((await createTestGraph().get('users/microsoft.graph.delta')).status).toBe(200);
    expect((await createTestGraph().get('users/microsoft.graph.delta()')).status).toBe(200);
  });

  test('leaves out what was never set, and may hold removals', async () => {
    const graph = createTestGraph({ users: 40 });
    graph.people.remove(3);
    const { items } = await round(graph, 'users/delta');
    expect(items.every((item) => Object.values(item).every((value) => value !== null))).toBe(true);
    expect(items).toContainEqual({ id: graph.people.idOf(3), '@removed': { reason: 'changed' } });
  });

  test('latest skips it: no users, and a link from now on', async () => {
    const graph = createTestGraph();
    for (const option of ['$deltatoken=latest', '$deltaToken=latest&$select=displayName']) {
      const { items, link } = await round(graph, `users/delta?${option}`);
      expect(items).toEqual([]);
      expect((await round(graph, link)).items).toEqual([]);
    }
  });

  test('what changes meanwhile comes again in the next round', async () => {
    const graph = createTestGraph({ users: 300 });
    const first = (await graph.get('users/delta?$select=jobTitle')).json();
    graph.people.update(2, { jobTitle: 'Seen early' });
    graph.people.update(299, { jobTitle: 'Seen twice' });
    const rest = await round(graph, first['@odata.nextLink']!);
    const again = await round(graph, rest.link);
    expect(again.items.map((item) => item['jobTitle'])).toEqual(['Seen early', 'Seen twice']);
  });

  test('manager is tracked as an annotation', async () => {
    const graph = createTestGraph({ users: 60 });
    const { items } = await round(graph, 'users/delta?$select=manager');
    const managed = items.filter((item) => 'manager@delta' in item);
    expect(managed.length).toBeGreaterThan(0);
    expect(managed[0]!['manager@delta']).toEqual([
      { '@odata.type': '#microsoft.graph.user', id: expect.stringMatching(/^[\da-f-]{36}$/) },
    ]);
  });
});

describe('a later round', () => {
  test('reports changes, creations, removals of both kinds and restores', async () => {
    const graph = createTestGraph({ users: 20 });
    const { link } = await round(
      graph,
      'users/delta?$deltatoken=latest&$select=displayName,jobTitle',
    );
    const { people } = graph;
    people.update(1, { jobTitle: 'New' });
    const created = people.create({ displayName: 'Just Come' });
    people.remove(2);
    people.remove(3);
    people.purge(3);
    people.remove(4);
    people.restore(4);
    const { items } = await round(graph, link);
    expect(items).toEqual([
      {
        id: people.idOf(1),
        displayName: people.at(1)!.value('displayName') as string,
        jobTitle: 'New',
      },
      expect.objectContaining({ id: people.idOf(created), displayName: 'Just Come' }),
      { id: people.idOf(2), '@removed': { reason: 'changed' } },
      { id: people.idOf(3), '@removed': { reason: 'deleted' } },
      expect.objectContaining({
        id: people.idOf(4),
        displayName: people.at(4)!.value('displayName') as string,
      }),
    ]);
  });

  test('Prefer: return=minimal gives only what changed, and null for what was emptied', async () => {
    const graph = createTestGraph();
    const { link } = await round(
      graph,
      'users/delta?$deltatoken=latest&$select=displayName,jobTitle,city',
    );
    graph.people.update(1, { jobTitle: null, department: 'Not tracked' });
    graph.people.update(2, { department: 'Not tracked' });
    const minimal = await round(graph, link, { prefer: 'return=minimal' });
    expect(minimal.items).toEqual([{ id: graph.people.idOf(1), jobTitle: null }]);
    const full = await round(graph, link);
    expect(Object.keys(full.items[0]!)).toContain('displayName');
  });

  test('a changed user is a patch when that is chosen, and a new or restored one is complete', async () => {
    const graph = createTestGraph({ unsettled: { changedItems: 'patch' } });
    const { link } = await round(
      graph,
      'users/delta?$deltatoken=latest&$select=displayName,jobTitle',
    );
    graph.people.update(1, { jobTitle: null });
    graph.people.remove(2);
    graph.people.restore(2);
    const { items } = await round(graph, link);
    expect(items[0]).toEqual({ id: graph.people.idOf(1), jobTitle: null });
    expect(Object.keys(items[1]!)).toContain('displayName');
  });

  test('replaying a link gives the same set', async () => {
    const graph = createTestGraph();
    const { link } = await round(graph, 'users/delta?$deltatoken=latest');
    graph.people.update(1, { jobTitle: 'New' });
    const [a, b] = [await round(graph, link), await round(graph, link)];
    expect(a.items).toEqual(b.items);
    expect((await round(graph, a.link)).items).toEqual([]);
  });

  test('one object may come several times in a round', async () => {
    const graph = createTestGraph({ users: 600 });
    const { link } = await round(graph, 'users/delta?$deltatoken=latest&$select=jobTitle');
    graph.people.update(0, { jobTitle: 'First' });
    for (let slot = 1; slot < 400; slot += 1) graph.people.update(slot, { jobTitle: 'x' });
    graph.people.update(0, { jobTitle: 'Last' });
    const { items, pages } = await round(graph, link);
    expect(pages.length).toBeGreaterThan(1);
    expect(items.filter((item) => item['id'] === graph.people.idOf(0))).toHaveLength(2);
  });

  test('the initial set and the changes applied are the directory, while it changes', async () => {
    const graph = createTestGraph({ users: 700 });
    const script = createChangeScript(graph.people, 11, { now: () => graph.now });
    const mirror = new Set<string>();
    let path: string | undefined = 'users/delta?$select=displayName,jobTitle';
    for (let step = 0; step < 400 && path !== undefined; step += 1) {
      for (let change = 0; change < 3; change += 1) if (step < 100) script.step();
      const page: Body = (await graph.get(path)).json();
      for (const item of page.value) {
        if ('@removed' in item) mirror.delete(item['id'] as string);
        else mirror.add(item['id'] as string);
      }
      path = page['@odata.nextLink'] ?? page['@odata.deltaLink'];
    }
    expect(Object.values(script.ledger).every((times) => times > 0)).toBe(true);
    expect([...mirror].toSorted()).toEqual(tellTruth(graph.people).ids);
  });

  test('a filter by id follows only those', async () => {
    const graph = createTestGraph();
    const [a, b] = [graph.people.idOf(1), graph.people.idOf(2)];
    const first = await round(graph, `users/delta?$filter=id eq '${a}' or id eq '${b}'`);
    expect(first.items.map((item) => item['id'])).toEqual([a, b]);
    graph.people.update(2, { jobTitle: 'x' });
    graph.people.update(3, { jobTitle: 'x' });
    expect((await round(graph, first.link)).items.map((item) => item['id'])).toEqual([b]);
  });
});

const ids = (count: number) =>
  Array.from({ length: count }, () => `id eq '${crypto.randomUUID()}'`).join(' or ');

describe('what delta refuses', () => {
  test.each([
    '$expand=manager',
    '$orderby=displayName',
    '$search="displayName:a"',
    "$filter=displayName eq 'a'",
  ])('%s', async (option) => {
    const answer = await createTestGraph().get(`users/delta?${option}`, {
      consistencylevel: 'eventual',
    });
    expect(answer.status).toBe(400);
  });

  test('more than 50 ids', async () => {
    const graph = createTestGraph();
    expect((await graph.get(`users/delta?$filter=${ids(50)}`)).status).toBe(200);
    expect((await graph.get(`users/delta?$filter=${ids(51)}`)).status).toBe(400);
  });

  test('$top is tolerated, not promised', async () => {
    const body = (await createTestGraph().get('users/delta?$top=1')).json();
    expect(body.value).toHaveLength(1);
    expect(body['@odata.nextLink']).toBeDefined();
  });

  test.each([201, 999])('$top=%i gives no more than 200 users', async (top) => {
    const graph = createTestGraph({ users: 450 });
    const { pages } = await round(graph, `users/delta?$top=${top}`);
    expect(pages.map(({ value }) => value.length)).toEqual([200, 200, 50]);
  });

  test('a first round is refused after 30 days, also when it is read all the time', async () => {
    const graph = createTestGraph({ users: 60 });
    const nextOf = async (path: string): Promise<string> =>
      (await graph.get(path)).json()['@odata.nextLink']!;
    let next = await nextOf('users/delta?$top=2');
    for (let days = 6; days <= 30; days += 6) {
      graph.now += 6 * 24 * 3600 * 1000;
      next = await nextOf(next);
    }
    graph.now += 1;
    expect((await graph.get(next)).status).toBe(410);
  });

  test('is refused in External ID and B2C tenants, when that is chosen', async () => {
    const graph = createTestGraph({ unsettled: { tenantKind: 'external' } });
    for (const path of ['users/delta', 'users/delta?$deltatoken=latest'])
      expect((await graph.get(path)).json().error.code).toBe('Request_UnsupportedQuery');
    expect((await graph.get('users')).status).toBe(200);
  });

  test('a malformed token: 400 without Location', async () => {
    const graph = createTestGraph();
    for (const token of ['$deltatoken=nonsense', '$skiptoken=AAAA', '$deltatoken=RFNwdAIAAQAAAA']) {
      const answer = await graph.get(`users/delta?${token}`);
      expect(answer.status).toBe(400);
      expect(answer.json().error).toMatchObject({
        code: 'BadRequest',
        message: 'Badly formed token.',
      });
      expect('Location' in answer.headers).toBe(false);
    }
  });

  test('a token of more than seven days: 410 with Location, or 400 when that is chosen', async () => {
    const graph = createTestGraph();
    const { link } = await round(graph, 'users/delta?$deltatoken=latest');
    graph.now += 7 * 24 * 3600 * 1000;
    expect((await graph.get(link)).status).toBe(200);
    graph.now += 1;
    const gone = await graph.get(link);
    expect(gone.status).toBe(410);
    expect(gone.headers['Location']).toBe(`${origin}/v1.0/users/delta?$deltatoken=`);
    const restart = await round(graph, gone.headers['Location'] as string);
    expect(restart.items).toHaveLength(25);
    const other = createTestGraph({ unsettled: { expiredDelta: 'syncStateNotFound' } });
    other.now = graph.now;
    const refused = await other.get(link);
    expect(refused.json().error.code).toBe('syncStateNotFound');
  });
});
