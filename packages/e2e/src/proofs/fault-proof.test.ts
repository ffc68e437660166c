import { afterAll, beforeAll, expect, it } from 'vitest';

import { createStage } from '../stage.ts';
import { startTenant, type Tenant } from '../tenant.ts';
import { createDraws, isLong, sizeFrom, tell } from './draws.ts';
import { passingFaults } from './fault-plan.ts';
import { proveFaults } from './fault-proof.ts';
import { setPlant } from './plant.ts';

const minutes = 60_000;
const users = sizeFrom('ROLLCALL_USERS', isLong ? 1_000_000 : 20_000);
/** Enough that each kind is met twenty times where one request of twenty goes wrong. */
const pages = isLong ? 10_000 : 400;
const pageSize = Math.max(1, Math.min(999, Math.floor(users / pages)));
/** Enough to find a bug that was planted. */
const few = 10_000;
const leastOfAKind = isLong ? 20 : 1;

const stage = createStage();
let tenant: Tenant;
beforeAll(async () => {
  tenant = await startTenant(stage, { users });
}, 10 * minutes);
afterAll(async () => {
  await tenant[Symbol.asyncDispose]();
});

it(
  `lists ${users} users while one request of twenty goes wrong: no user lost or repeated, no wait cut short`,
  { timeout: 60 * minutes },
  async () => {
    const proof = await proveFaults({
      stage,
      tenant,
      users,
      pageSize,
      kinds: passingFaults,
      draws: createDraws('faults'),
    });
    const { receipt, happened, waits, lost, tooMany } = proof;
    const faults = Object.values(happened).reduce((sum, count) => sum + count, 0);
    const share = faults / Number(receipt['requests']);
    tell(
      `faults: ${users} users, ${String(receipt['requests'])} requests, ${faults} faults of ${passingFaults.length} kinds, ${Math.min(...Object.values(happened))} at least of each; ${lost} lost, ${tooMany} too many; ${waits.asked} waits asked for, ${waits.early} cut short; ${proof.seconds.toFixed(0)} s\n${proof.stderr.trim().split('\n').at(-1)}`,
    );
    expect({ code: proof.code, lost, tooMany, early: waits.early }).toEqual({
      code: 0,
      lost: 0,
      tooMany: 0,
      early: 0,
    });
    expect(receipt).toMatchObject({ complete: true, reconciled: true, users });
    expect(waits.asked).toBeGreaterThanOrEqual(2 * leastOfAKind);
    expect(share).toBeGreaterThanOrEqual(0.05);
    for (const [kind, count] of Object.entries(happened))
      expect.soft([kind, count >= leastOfAKind, count]).toEqual([kind, true, count]);
  },
);

it(
  'lists the same users in parallel while requests go wrong',
  { timeout: 60 * minutes },
  async () => {
    const proof = await proveFaults({
      stage,
      tenant,
      users,
      pageSize,
      kinds: passingFaults,
      draws: createDraws('parallel faults'),
      parallel: '8',
    });
    const { receipt, happened, waits, lost, tooMany } = proof;
    const faults = Object.values(happened).reduce((sum, count) => sum + count, 0);
    tell(
      `faults in parallel: ${String(receipt['requests'])} requests in ${String(receipt['chains'])} chains, ${faults} faults; ${lost} lost, ${tooMany} too many; ${proof.seconds.toFixed(0)} s`,
    );
    expect({ code: proof.code, lost, tooMany, early: waits.early }).toEqual({
      code: 0,
      lost: 0,
      tooMany: 0,
      early: 0,
    });
    expect(receipt).toMatchObject({
      complete: true,
      reconciled: true,
      users,
      strategy: 'created-date-ranges',
    });
    expect(faults).toBeGreaterThan(10);
  },
);

it('the same proof finds a listing that loses the pages it had to ask for twice', async () => {
  await using fewer = await startTenant(stage, { users: few });
  await using planted = setPlant({
    module: 'packages/core/src/paging/chain.ts',
    changes: [
      [
        String.raw`if \(!page\.retried\)\s*lastGood = from;`,
        '$& else return { ...page, items: page.items.take(0) };',
      ],
    ],
  });
  const proof = await proveFaults({
    stage,
    tenant: fewer,
    users: few,
    pageSize: 999,
    kinds: [{ kind: 'truncated-json' }],
    draws: createDraws('planted faults'),
    env: planted.env,
  });
  expect(await planted.grown()).toBe(1);
  expect(proof.happened['truncated-json']).toBeGreaterThan(0);
  expect(proof.lost).toBeGreaterThan(0);
});

it('the same proof finds a listing that does not wait for the time in Retry-After', async () => {
  await using fewer = await startTenant(stage, { users: few });
  await using planted = setPlant({
    module: 'packages/core/src/retry/retry-after.ts',
    changes: [[String.raw`return Number\(text\) \* 1e3`, 'return 0']],
  });
  const proof = await proveFaults({
    stage,
    tenant: fewer,
    users: few,
    pageSize: 999,
    kinds: [{ kind: 'throttled', retryAfter: '3' }],
    draws: createDraws('planted haste'),
    env: planted.env,
  });
  expect(await planted.grown()).toBe(1);
  expect(proof.waits.asked).toBeGreaterThan(0);
  expect(proof.waits.early).toBeGreaterThan(0);
});
