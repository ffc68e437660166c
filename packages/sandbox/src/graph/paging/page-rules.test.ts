import { describe, expect, test } from 'vitest';
import { createTestGraph, type Body } from '../testing/graph.ts';

describe('how full pages are', () => {
  test.each([
    ['full', [41, 41, 19]],
    ['short', [41, 21, 39]],
    ['empty', [41, 0, 41, 0, 19]],
  ] as const)(
    '%s: a short or empty page is legal before the last, and no user is lost',
    async (pageFill, sizes) => {
      const graph = createTestGraph({ users: 101, unsettled: { pageFill } });
      const pages: Body[] = [];
      let next: string | undefined = 'users?$top=41&$select=id';
      while (next !== undefined && pages.length < 10) {
        pages.push((await graph.get(next)).json());
        next = pages.at(-1)!['@odata.nextLink'];
      }
      expect(pages.map((page) => page.value.length)).toEqual(sizes);
      const ids = pages.flatMap((page) => page.value.map((user) => user['id']));
      expect(new Set(ids).size).toBe(101);
    },
  );
});

describe('asking for a page again', () => {
  test('gives the same users and a link that works', async () => {
    const graph = createTestGraph();
    const link = (await graph.get('users?$top=5')).json()['@odata.nextLink']!;
    const [a, b] = [(await graph.get(link)).json(), (await graph.get(link)).json()];
    expect(a.value).toEqual(b.value);
    expect((await graph.get(b['@odata.nextLink']!)).status).toBe(200);
  });

  test('gives a link that is not found, when that is chosen; the first link still works', async () => {
    const graph = createTestGraph({ unsettled: { retriedPageTokens: 'not-found' } });
    const link = (await graph.get('users?$top=5')).json()['@odata.nextLink']!;
    const [a, b] = [(await graph.get(link)).json(), (await graph.get(link)).json()];
    const refused = await graph.get(b['@odata.nextLink']!);
    expect(refused.json().error.code).toBe('DirectoryPageTokenNotFoundException');
    expect((await graph.get(a['@odata.nextLink']!)).status).toBe(200);
  });
});
