import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { createStage } from '../stage.ts';
import { startTenant, type Tenant } from '../tenant.ts';
import { isLong } from './draws.ts';
import { witnessOf } from './witness.ts';

const stage = createStage();
const pageSize = 10;
const pages = 6;
let tenant: Tenant;
let folder: string;
let unbroken: string;

const list = (out: string, ...more: readonly string[]) =>
  stage.run('rollcall', [
    ...'users list --resume -o ndjson --page-size'.split(' '),
    String(pageSize),
    '--out',
    out,
    ...tenant.flags,
    ...more,
  ]);

beforeAll(async () => {
  tenant = await startTenant(stage, { users: pages * pageSize - 3 });
  folder = await mkdtemp(join(tmpdir(), 'rollcall-cuts-'));
  await list(join(folder, 'unbroken'));
  unbroken = await readFile(join(folder, 'unbroken'), 'utf8');
});
beforeEach(async () => {
  await rm(folder, { recursive: true });
  folder = await mkdtemp(join(tmpdir(), 'rollcall-cuts-'));
  await tenant.forget();
});
afterAll(async () => {
  await tenant[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

/** Faults that end a listing despite its retries. */
const cuts = [
  { kind: 'status', status: 403, exitCode: 4, flags: [] },
  { kind: 'link', link: '{hostile}/v1.0/users?$skiptoken=a', exitCode: 6, flags: [] },
  // Retried until the time is over, and that is soon.
  { kind: 'truncated-json', exitCode: 5, flags: ['--deadline', '4s'] },
  { kind: 'both-links', exitCode: 6, flags: [] },
];

/** Every page with one of the cuts, alternately; in the long form every page with every cut. */
const cases = Array.from({ length: pages }, (_, at) => at + 1).flatMap((page) =>
  cuts
    .filter((_cut, at) => isLong || at === page % cuts.length)
    // The last page has no link that could be replaced.
    .filter(({ kind }) => kind !== 'link' || page < pages)
    .map((cut) => [page, cut.kind, cut] as const),
);

const requests = async () =>
  (await tenant.journal()).filter(({ path }) => path.startsWith('/v1.0/users?')).length;

describe(`a listing of ${pages} pages`, () => {
  it.each(cases)(
    'cut at page %i by %s: an exit code, no file, what came is kept, and --resume ends it',
    async (page, kind, { exitCode, flags, ...fault }) => {
      const { look, order } = witnessOf(tenant);
      const happened = async () =>
        (await look<{ happened: Record<string, number> }>('/faults')).happened[kind] ?? 0;
      const before = await happened();
      await order('/faults', { ...fault, on: 'graph', path: '/v1.0/users?', from: page });
      const receipt = join(folder, 'receipt.json');
      const cut = await list(join(folder, 'users'), '--receipt', receipt, ...flags);
      const struck = (await happened()) - before;
      await order('/faults/clear');

      expect(struck).toBeGreaterThan(0);
      expect({ code: cut.code, stderr: cut.stderr }).toEqual({
        code: exitCode,
        stderr: expect.not.stringMatching(/^complete:/mu),
      });
      const kept = ['ids', 'part', ...(page === 1 ? [] : ['checkpoint'])];
      const left = await readdir(folder);
      expect(left.filter((name) => name.includes('users')).toSorted()).toEqual(
        kept.map((name) => `.users.rollcall-${name}`).toSorted(),
      );
      // Where nothing came there is nothing to confirm, and the error says it all.
      const proof = await readFile(receipt, 'utf8').catch(() => 'none');
      expect(proof).toMatch(
        page === 1
          ? 'none'
          : new RegExp(`"complete": false[^]*"users": ${(page - 1) * pageSize},`, 'u'),
      );

      await tenant.forget();
      const whole = await list(join(folder, 'users'));
      expect({ code: whole.code, stderr: whole.stderr }).toMatchObject({ code: 0 });
      expect(await readFile(join(folder, 'users'), 'utf8')).toBe(unbroken);
      // No page is asked for that had been kept.
      expect(await requests()).toBe(pages - page + 1);
    },
  );
});
