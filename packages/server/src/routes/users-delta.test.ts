import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it, onTestFinished } from 'vitest';

import { rotatePageKeys } from '../http/page-keys.ts';
import { startTestServer } from '../testing/start-test-server.ts';

interface Round {
  readonly '@odata.context': string;
  readonly '@odata.nextLink'?: string;
  readonly '@odata.deltaLink'?: string;
  readonly value: readonly { readonly id: string }[];
}

describe('GET /v1.0/users/delta', () => {
  it('leads through a round by links, and then through the next one', async () => {
    const { get, server, directory } = await startTestServer({ users: 450 });
    let path = '/v1.0/users/delta?$select=id,displayName';
    let pages = 0;
    const seen = new Set<string>();
    for (;;) {
      const round = (await (await get(path)).json()) as Round;
      pages += 1;
      expect(round['@odata.context']).toBe(`${server.url}/v1.0/$metadata#users(id,displayName)`);
      for (const { id } of round.value) seen.add(id);
      const { '@odata.nextLink': next, '@odata.deltaLink': end } = round;
      expect([next, end].filter((link) => link !== undefined)).toHaveLength(1);
      path = (next ?? end ?? '').slice(server.url.length);
      if (end !== undefined) break;
    }
    expect([seen.size, pages]).toEqual([450, 3]);
    expect(path).toContain('/v1.0/users/delta?$deltatoken=');
    const later = (await (await get(path)).json()) as Round;
    expect(later).toMatchObject({ value: [] });
    expect(later['@odata.deltaLink']).toBeDefined();
    expect(directory.asked.at(-1)).toMatchObject({
      what: { select: ['id', 'displayName'] },
      from: { deltaLink: 'https://graph.example/v1.0/users/delta?$deltatoken=450' },
    });
  });

  it.each([
    '/v1.0/users/delta?$deltatoken=latest',
    '/V1.0/Users/microsoft.graph.delta()?deltaToken=latest',
  ])('begins at this moment with %s', async (path) => {
    const { get } = await startTestServer({ users: 450 });
    const round = (await (await get(path)).json()) as Round;
    expect([round.value.length, round['@odata.nextLink']]).toEqual([0, undefined]);
  });

  it.each([
    '$deltatoken=AAAA',
    '$skiptoken=AAAA',
    '$skiptoken=AAAA&$deltatoken=latest',
    '$deltatoken=AAAA&$select=id',
    '$top=5',
    "$filter=id%20eq%20'1'",
  ])('refuses %s', async (query) => {
    const { get, directory } = await startTestServer({ users: 3 });
    expect((await get(`/v1.0/users/delta?${query}`)).status).toBe(400);
    expect(directory.asked).toEqual([]);
  });

  it('does not take the token of another route', async () => {
    const { get } = await startTestServer({ users: 450 });
    const page = (await (await get('/v1.0/users')).json()) as Round;
    const token = page['@odata.nextLink']?.split('$skiptoken=')[1];
    for (const name of ['$skiptoken', '$deltatoken'])
      expect((await get(`/v1.0/users/delta?${name}=${token}`)).status).toBe(400);
  });

  it('says 410 with the beginning when Graph no longer accepts the link', async () => {
    const { get, server } = await startTestServer({ users: 0, deltaEnd: 'expired' });
    const round = (await (await get('/v1.0/users/delta')).json()) as Round;
    const answer = await fetch(round['@odata.deltaLink'] ?? '');
    expect([answer.status, answer.headers.get('location')]).toEqual([
      410,
      `${server.url}/v1.0/users/delta?$deltatoken=`,
    ]);
    expect((await get('/v1.0/users/delta?$deltatoken=')).status).toBe(200);
  });

  it('links survive a restart with a file of page keys', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'page-keys-'));
    onTestFinished(async () => rm(folder, { recursive: true }));
    const pageKeys = join(folder, 'page.keys');
    await rotatePageKeys(pageKeys);
    const first = await startTestServer({ users: 450, pageKeys });
    const round = (await (await first.get('/v1.0/users/delta')).json()) as Round;
    const path = round['@odata.nextLink']?.slice(first.server.url.length) ?? '';
    const second = await startTestServer({ users: 450, pageKeys });
    expect((await second.get(path)).status).toBe(200);
    await rotatePageKeys(pageKeys);
    await second.server.reload();
    expect((await second.get(path)).status).toBe(200);
    const other = await startTestServer({ users: 450 });
    expect((await other.get(path)).status).toBe(400);
  });
});
