import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';

import { start, type Finished } from './processes.ts';
import { createDraws } from './proofs/draws.ts';
import { createStage } from './stage.ts';
import { startTenant, type Tenant } from './tenant.ts';
import { unpackCore, type Project } from './packages/unpacked.ts';

/** What a user has in the copy, and in the truth that it is held against. */
const properties = [
  'displayName',
  'userPrincipalName',
  'mail',
  'jobTitle',
  'department',
  'accountEnabled',
] as const;

type User = Readonly<Record<'id' | (typeof properties)[number], unknown>>;

interface Told {
  readonly first: boolean;
  readonly users: number;
  /** Users of whom the round told; of them, who was soft-deleted, purged, or is there again or for the first time. */
  readonly told: number;
  readonly changed: number;
  readonly deleted: number;
  readonly back: number;
}

const stage = createStage();
const { seed } = createDraws('following changes');
let project: Project;
let tenant: Tenant;
beforeAll(async () => {
  [project, tenant] = await Promise.all([
    unpackCore([]),
    startTenant(stage, { users: 3_000, flags: ['--seed', seed] }),
  ]);
  // No more than Graph promises: only what is merged is whole.
  await order('/unsettled', { changedItems: 'patch' });
}, 120_000);
afterAll(async () => {
  await tenant[Symbol.asyncDispose]();
  await project[Symbol.asyncDispose]();
});

async function order<Answer>(path: string, body: unknown = {}): Promise<Answer> {
  const answer = await fetch(`${tenant.control}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(await answer.text());
  return (await answer.json()) as Answer;
}

/** Changes of every kind, drawn from the seed; some of them apply to no user. */
async function stir(count: number): Promise<void> {
  expect((await order<{ done: number }>('/changes', { count })).done).toBeGreaterThan(count / 2);
}

async function change(count: number, action: 'remove' | 'restore' | 'purge'): Promise<void> {
  expect((await order<{ done: number }>('/changes', { count, action })).done).toBe(count);
}

const copyFile = (): string => join(project.folder, 'copy.json');

async function follow(...flags: readonly string[]): Promise<Finished> {
  await using running = start(
    join(project.folder, 'follow.mjs'),
    [tenant.parameters, tenant.ca, copyFile(), ...flags],
    { cwd: project.folder },
  );
  return await running.finished;
}

async function followed(...flags: readonly string[]): Promise<Told> {
  const { code, stdout, stderr } = await follow(...flags);
  expect([code, stderr]).toEqual([0, '']);
  return JSON.parse(stdout) as Told;
}

/** As text, in an order of its own: what was never set is null in a listing and absent in a round. */
function shown(users: readonly Partial<User>[]): readonly string[] {
  return users
    .map((user) =>
      JSON.stringify([user.id, ...properties.map((property) => user[property] ?? null)]),
    )
    .toSorted();
}

/** Who is there says the sandbox itself; what they have, a listing of the quiet directory. */
async function expectTruth(): Promise<void> {
  const { users } = JSON.parse(await readFile(copyFile(), 'utf8')) as { users: readonly User[] };
  const truth = (await (await fetch(`${tenant.control}/truth`)).json()) as { ids: string[] };
  const ids = new Set(users.map(({ id }) => id));
  expect(truth.ids.filter((id) => !ids.has(id))).toEqual([]);
  expect(users).toHaveLength(truth.ids.length);
  const { code, stdout } = await stage.run('rollcall', [
    ...'users list -o json --select'.split(' '),
    ['id', ...properties].join(','),
    ...tenant.flags,
  ]);
  expect(code).toBe(0);
  expect(shown(users)).toEqual(shown(JSON.parse(stdout) as User[]));
}

/** Each test continues with the copy and the tenant of the test before it. */
beforeEach(() => order('/faults/clear'));

it('faults A6 row 68: a listing and the changes meanwhile are the directory', async () => {
  await order('/changes', { rate: 400 });
  const begun = await followed();
  await order('/changes', { rate: 0 });
  expect(begun).toMatchObject({ first: false });
  // It did change while it was listed, and on each side of what had been read.
  expect(begun.told).toBeGreaterThan(50);
  await followed();
  await expectTruth();
});

it('faults A6 rows 68 and 70: rounds follow all changes, also those during a round', async () => {
  const seen = { told: 0, changed: 0, deleted: 0, back: 0 };
  for (let round = 0; round < 5; round += 1) {
    await stir(600);
    await order('/changes', { rate: round % 2 === 0 ? 300 : 0 });
    const { told, changed, deleted, back } = await followed();
    seen.told += told;
    seen.changed += changed;
    seen.deleted += deleted;
    seen.back += back;
  }
  await order('/changes', { rate: 0 });
  await followed();
  await expectTruth();
  expect(seen.told).toBeGreaterThan(1_000);
  for (const count of [seen.changed, seen.deleted, seen.back]) expect(count).toBeGreaterThan(20);
});

it('faults A6 row 70: who was removed in one round comes back in another, with all they had', async () => {
  await change(100, 'remove');
  expect((await followed()).changed).toBeGreaterThan(90);
  await change(100, 'restore');
  expect((await followed()).back).toBeGreaterThan(0);
  await expectTruth();
});

it('faults A6 row 69: a round that is applied twice, and read again, changes nothing', async () => {
  await stir(800);
  expect((await followed('--again')).told).toBeGreaterThan(300);
  await expectTruth();
});

it('faults A6 row 68: a round survives what pages survive, and one that does not leaves the copy as it was', async () => {
  await stir(800);
  const before = await readFile(copyFile(), 'utf8');
  await order('/faults', { kind: 'dropped-link', path: '/users/delta', nth: 2 });
  expect(await follow()).toMatchObject({ code: 6, stdout: '' });
  expect(await readFile(copyFile(), 'utf8')).toBe(before);

  await order('/faults/clear');
  await order('/faults', { kind: 'throttled', retryAfter: '1', path: '/users/delta', nth: 2 });
  await order('/faults', { kind: 'duplicate-user', path: '/users/delta', nth: 3 });
  await order('/faults', { kind: 'gzip-truncated', path: '/users/delta', nth: 4 });
  await followed();
  const { happened } = (await (await fetch(`${tenant.control}/faults`)).json()) as {
    happened: Readonly<Record<string, number>>;
  };
  expect(happened).toMatchObject({ throttled: 1, 'duplicate-user': 1, 'gzip-truncated': 1 });
  await expectTruth();
});

it('faults A6 row 71: after a reset a first round replaces the copy', async () => {
  await stir(300);
  // A user who is purged before a first round is not part of it: only the absence shows the removal.
  await change(60, 'remove');
  await change(60, 'purge');
  await order('/faults', { kind: 'expired-page-token', path: '/users/delta', times: 1 });
  const told = await followed();
  expect(told.first).toBe(true);
  expect(told.told).toBeGreaterThan(told.users);
  await followed();
  await expectTruth();
});

it('faults A6 row 72: a round that deletes too many is not applied without confirmation', async () => {
  await change(700, 'remove');
  const before = await readFile(copyFile(), 'utf8');
  const refused = await follow();
  expect(refused.code).toBe(6);
  const { users } = JSON.parse(before) as { users: readonly User[] };
  expect(JSON.parse(refused.stderr)).toEqual({
    code: 'E_MASS_DELETE',
    deleted: 700,
    users: users.length,
  });
  expect(await readFile(copyFile(), 'utf8')).toBe(before);
  // Starting over is no way round it.
  await order('/faults', { kind: 'expired-page-token', path: '/users/delta', times: 1 });
  expect((await follow()).code).toBe(6);
  expect((await followed('--allow-mass-delete')).changed).toBe(700);
  await expectTruth();
});
