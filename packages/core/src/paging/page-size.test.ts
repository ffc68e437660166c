import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { BodyError } from '../errors/body-error.ts';
import { TimeoutError } from '../errors/timeout-error.ts';
import type { HttpRequest } from '../ports.ts';
import { listToFile } from '../export/list-to-file.ts';
import type { Turn } from '../testing/fake-graph.ts';
import { openFake, type FakeWorld } from '../testing/open-fake.ts';

function refusal(message: string): Turn {
  return { status: 400, body: { error: { code: 'Request_UnsupportedQuery', message } } };
}

const host = { host: 'graph.example', port: 443 };
const tooMany = refusal('Cannot query data for more than 120 users at a time.');
const gatewayTimeout: Turn = { status: 504 };
const topOf = ({ url }: HttpRequest): number => Number(url.searchParams.get('$top'));

/** Answers pages of more than `most` users with `turn`. */
function capped(most: number, turn: Turn): (request: HttpRequest) => Turn {
  return (request) => (topOf(request) > most ? turn : undefined);
}

const openCapped = () => openFake({ users: 700, intervene: capped(120, tooMany) });

function topsOf({ graph }: FakeWorld): string {
  const tops = graph.pageRequests().map(topOf);
  const runs = tops.filter((top, at) => top !== tops[at - 1]);
  return runs.map((top) => `${top}x${tops.filter((other) => other === top).length}`).join(' ');
}

const halved = ({ events }: FakeWorld) =>
  events.filter(({ event }) => event === 'page-size-reduced').map(({ fields }) => fields?.['to']);

describe('a page size that the service cannot serve', () => {
  it.each<[string, Turn, string]>([
    ['refused', tooMany, '999x1 499x1 249x1 124x1 62x5'],
    [
      'refused in other words',
      refusal("Invalid page size specified: '999'."),
      '999x1 499x1 249x1 124x1 62x5',
    ],
    ['not ready in time', gatewayTimeout, '999x3 499x3 249x3 124x3 62x5'],
    ['silent', new TimeoutError(host, 'idle', 20_000), '999x3 499x3 249x3 124x3 62x5'],
    [
      'longer than we take',
      new BodyError('too-large', { status: 200, length: 1 }),
      '999x1 499x1 249x1 124x1 62x5',
    ],
  ])('is halved until it can: %s', async (_, turn, tops) => {
    const world = await openFake({ users: 300, intervene: capped(120, turn) });
    const listing = world.directory.users.list();
    const users = await Array.fromAsync(listing);
    expect(new Set(users.map(({ id }) => id)).size).toBe(300);
    expect(topsOf(world)).toBe(tops);
    expect(halved(world)).toEqual([499, 249, 124, 62]);
    const plain = (await openFake({ users: 300 })).directory.users.list();
    await Array.fromAsync(plain);
    const { fingerprint, query, sha256 } = plain.receipt();
    expect(listing.receipt()).toMatchObject({
      complete: true,
      reconciled: true,
      users: 300,
      pages: 5,
      duplicates: 0,
      fingerprint,
      query,
      sha256,
    });
  });

  it('is not halved indefinitely', async () => {
    const world = await openFake({ users: 300, intervene: capped(0, gatewayTimeout) });
    await expect(Array.fromAsync(world.directory.users.list())).rejects.toMatchObject({
      code: 'E_UNAVAILABLE',
      status: 504,
      attempts: 8,
    });
    expect(topsOf(world)).toBe('999x3 499x3 249x3 124x3 62x3 31x8');
  });

  it.each<[string, Turn, number]>([
    ['a query that is wrong', refusal('Sorting not supported for current query.'), 1],
    ['a service that is down', { status: 503 }, 8],
  ])('is not what is wrong with %s', async (_, turn, requests) => {
    const world = await openFake({ users: 300, intervene: capped(0, turn) });
    await expect(Array.fromAsync(world.directory.users.list())).rejects.toThrow();
    expect(topsOf(world)).toBe(`999x${requests}`);
  });

  it('is halved in the middle too, where the listing would end otherwise, and returns no user twice', async () => {
    const world = await openFake({
      users: 3000,
      intervene: (request) =>
        request.url.searchParams.get('$skiptoken') === 's1998' && topOf(request) === 999
          ? gatewayTimeout
          : undefined,
    });
    const listing = world.directory.users.list();
    const users = await Array.fromAsync(listing);
    expect(users).toHaveLength(3000);
    expect(new Set(users.map(({ id }) => id)).size).toBe(3000);
    expect(topsOf(world)).toBe('999x10 499x7');
    expect(listing.receipt()).toMatchObject({ complete: true, reconciled: true, duplicates: 1998 });
  });

  it('does not take the way back in small steps for a listing without end', async () => {
    const world = await openFake({
      users: 55_100,
      intervene: (request) =>
        request.url.searchParams.get('$skiptoken') === 's55050' && topOf(request) === 50
          ? gatewayTimeout
          : undefined,
    });
    const listing = world.directory.users.list({ pageSize: 50 });
    for await (const page of listing.pages()) expect(page.items.length).toBeLessThanOrEqual(50);
    expect(listing.receipt()).toMatchObject({ complete: true, users: 55_100 });
  });

  it('leaves a position from which any later run continues, byte for byte', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'rollcall-'));
    const path = join(folder, 'users.ndjson');
    const run = (world: FakeWorld, stopAfter: number, resume: boolean) => {
      let pages = 0;
      return listToFile(
        world.directory.users,
        {},
        {
          path,
          format: 'ndjson',
          resume,
          onPage() {
            pages += 1;
            if (pages === stopAfter) throw new Error('killed');
          },
        },
      );
    };
    try {
      const unbroken = await run(await openCapped(), Infinity, false);
      const whole = await readFile(path, 'utf8');
      for (const pages of [1, 5, 11]) {
        await rm(path);
        await expect(run(await openCapped(), pages, false)).rejects.toThrow('killed');
        const world = await openCapped();
        const receipt = await run(world, Infinity, true);
        expect(await readFile(path, 'utf8')).toBe(whole);
        expect(receipt).toMatchObject({ fingerprint: unbroken.fingerprint, users: 700, pages: 12 });
        expect(topsOf(world)).toBe(`62x${12 - pages}`);
      }
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
