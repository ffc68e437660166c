import { describe, expect, test } from 'vitest';
import { createTestGraph } from '../testing/graph.ts';
import type { Disturbance } from './disturbance.ts';

const disturb = (disturbance: Disturbance) =>
  createTestGraph({ users: 100, disturb: () => disturbance });

describe('what can be done to a page', () => {
  test('a short page is legal: half as many, and nobody is lost', async () => {
    const pages = await disturb('short-page').pages('users?$top=40&$select=id');
    expect(pages.map((page) => page.value.length)).toEqual([20, 20, 20, 20, 20]);
  });

  test.each([
    ['expired-token', 'Directory_ExpiredPageToken'],
    ['token-not-found', 'DirectoryPageTokenNotFoundException'],
  ] as const)('%s refuses a second page with %s, never a first', async (disturbance, code) => {
    const graph = disturb(disturbance);
    const first = await graph.get('users?$top=40');
    expect(first.status).toBe(200);
    const second = await graph.get(first.json()['@odata.nextLink']!);
    expect(second.status).toBe(400);
    expect(second.json().error.code).toBe(code);
  });

  test('a sparse page lacks attributes, from the second on', async () => {
    const pages = await disturb('sparse-page').pages('users?$top=60');
    expect(Object.keys(pages[0]!.value[0]!)).toHaveLength(11);
    expect(Object.keys(pages[1]!.value[0]!)).toEqual(['id']);
  });
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
