import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { createStage } from '../stage.ts';
import { startTenant, type Tenant } from '../tenant.ts';
import { createDraws, isLong, tell } from './draws.ts';

const minutes = 60_000;
const stage = createStage();
const pageSize = 10;
const pages = 3;
let tenant: Tenant;
let folder: string;
let unbroken: string;

const list = (out: string, env: Readonly<Record<string, string>> = {}) =>
  stage.run(
    'rollcall',
    [
      ...'users list --resume -o json --page-size'.split(' '),
      String(pageSize),
      '--out',
      out,
      ...tenant.flags,
    ],
    { env },
  );

beforeAll(async () => {
  tenant = await startTenant(stage, { users: pages * pageSize - 3 });
  folder = await mkdtemp(join(tmpdir(), 'rollcall-sweep-'));
  await list(join(folder, 'unbroken'));
  unbroken = await readFile(join(folder, 'unbroken'), 'utf8');
});
afterAll(async () => {
  await tenant[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

/** Kills a run right before its n-th call to the file system, and what the next run makes of what it left. */
async function killBefore(nth: number) {
  const at = await mkdtemp(join(folder, 'run-'));
  const out = join(at, 'users');
  const killed = await list(out, {
    NODE_OPTIONS: `--import=${new URL('kill-at-call-preload.ts', import.meta.url).href}`,
    FOLDER: at,
    KILL_BEFORE: String(nth),
  });
  const named = await readFile(out, 'utf8').catch(() => undefined);
  const next = killed.signal === 'SIGKILL' ? await list(out) : killed;
  return {
    killed: killed.signal === 'SIGKILL',
    named,
    next,
    file: await readFile(out, 'utf8').catch(() => undefined),
    left: await readdir(at),
  };
}

/** Fewer than a listing of three pages makes, and more. */
const [fewestCalls, mostCalls] = [30, 200];

const upTo = (last: number): number[] => Array.from({ length: last }, (_, at) => at + 1);

it(
  'faults A8 row 85: killed before any call to the file system, there is no file or the whole one, and --resume ends it',
  { timeout: 20 * minutes },
  async () => {
    const tried = isLong
      ? upTo(mostCalls)
      : createDraws('sweep').shuffled(upTo(fewestCalls)).slice(0, 3);
    let kills = 0;
    let late = 0;
    for (const nth of tried) {
      const { killed, named, next, file, left } = await killBefore(nth);
      // There are no more calls than these.
      if (!killed) break;
      kills += 1;
      if (named !== undefined) late += 1;
      // What has the name is whole, and nothing replaces it unasked.
      const exitCode = named === undefined ? 0 : 7;
      expect
        .soft({ nth, named: named ?? unbroken, file })
        .toEqual({ nth, named: unbroken, file: unbroken });
      expect
        .soft({ nth, code: next.code, stderr: next.stderr })
        .toMatchObject({ nth, code: exitCode });
      expect
        .soft({ nth, left: named === undefined ? left : ['users'] })
        .toEqual({ nth, left: ['users'] });
    }
    tell(
      `sweep: killed before ${kills} different calls to the file system, ${late} of them after the file had its name`,
    );
    expect(kills).toBeGreaterThanOrEqual(isLong ? fewestCalls : tried.length);
    expect(kills).toBeLessThan(mostCalls);
  },
);
