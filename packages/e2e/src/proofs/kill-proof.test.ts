import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { createStage } from '../stage.ts';
import { startTenant, type Tenant } from '../tenant.ts';
import { createDraws, isLong, sizeFrom, tell } from './draws.ts';
import { type Format, formats, type Listed, listWithKills } from './kill-listing.ts';
import { proveKills, type KillProofParts } from './kill-proof.ts';
import { setPlant } from './plant.ts';

const minutes = 60_000;
const kills = sizeFrom('ROLLCALL_KILLS', isLong ? 200 : 8);
const pages = isLong ? 150 : 60;
const pageSize = 10;

const stage = createStage();
const unbroken = new Map<Format, Listed>();
let folder: string;
let tenant: Tenant;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rollcall-unbroken-'));
  tenant = await startTenant(stage, { users: pages * pageSize - 3 });
});
afterAll(async () => {
  await tenant[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

const parts = (): Omit<KillProofParts, 'kills' | 'formats' | 'draws'> => ({
  stage,
  tenant,
  pageSize,
  pages,
  async unbroken(format) {
    const listed =
      unbroken.get(format) ??
      (await listWithKills({
        stage,
        tenant,
        pageSize,
        format,
        folder: join(folder, format),
        nextKill: () => undefined,
      }));
    unbroken.set(format, listed);
    return listed;
  },
});

it(
  `faults A8 row 85: ${kills} kills -9 at random points, and every file is that of an unbroken run`,
  { timeout: 30 * minutes },
  async () => {
    const proof = await proveKills({ ...parts(), kills, formats, draws: createDraws('kills') });
    const midListing = proof.kills.filter((kill) => kill.midListing).length;
    tell(
      `kills: ${proof.kills.length}, ${midListing} of them in mid-listing, in ${proof.listings} listings; ${proof.diverged.length} diverged`,
    );
    expect(proof.diverged).toEqual([]);
    expect(proof.kills).toHaveLength(kills);
    expect(midListing).toBeGreaterThanOrEqual(kills * 0.8);
  },
);

it('the same proof finds a checkpoint that is written before the page is', async () => {
  await using planted = setPlant({
    module: 'packages/core/src/export/list-to-file.ts',
    changes: [
      [
        String.raw`await files\.append\(([\w.]+\(sink, page\)), ([\s\S]*?)\);(\s*save\()`,
        'await late?.(); const text = $1, ids = $2; var late = () => files.append(text, ids);$3',
      ],
      [String.raw`await files\.append\([\w.]+\(\[sink\.tail\(\)\]\)`, 'await late?.(); $&'],
    ],
  });
  const proof = await proveKills({
    ...parts(),
    kills: 3,
    formats: ['ndjson'],
    draws: createDraws('planted kills'),
    env: planted.env,
  });
  expect(await planted.grown()).toBeGreaterThan(3);
  expect(proof.diverged.join('\n')).toContain('the file has other bytes');
});
