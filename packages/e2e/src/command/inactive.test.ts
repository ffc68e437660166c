import { mkdtemp, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { blockOf, readPage } from '../documentation/page-blocks.ts';
import { createStage } from '../stage.ts';
import { startTenant, type Tenant } from '../tenant.ts';

const stage = createStage();
let tenant: Tenant;
let free: Tenant;
beforeAll(async () => {
  const permission = ['--permission', 'AuditLog.Read.All'];
  tenant = await startTenant(stage, { users: 400, flags: permission });
  free = await startTenant(stage, {
    users: 50,
    flags: [...permission, '--behavior', 'tenantLicense=free'],
  });
});
afterAll(async () => {
  await tenant[Symbol.asyncDispose]();
  await free[Symbol.asyncDispose]();
});

const list = (of: Tenant, ...flags: readonly string[]) =>
  stage.run('rollcall', ['users', 'list', '-o', 'ndjson', ...flags, ...of.flags]);

interface User {
  readonly id: string;
  readonly signInActivity: Readonly<Record<string, string | null>> | null;
}

const usersOf = (text: string): readonly User[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as User);

it('users list --inactive selects from all users, and every choice adds up', async () => {
  const selected = new Map<string, ReadonlySet<string>>();
  for (const choice of ['include', 'only', 'exclude']) {
    const found = await list(tenant, '--inactive', '90d', '--never-signed-in', choice, '--strict');
    expect([found.code, found.stderr]).toEqual([0, expect.stringMatching(/^complete: 400 users/u)]);
    const users = usersOf(found.stdout);
    expect(found.stderr).toContain(`${users.length} of them selected`);
    for (const { signInActivity } of users) {
      const times = Object.entries(signInActivity ?? {}).flatMap(([name, value]) =>
        name.endsWith('DateTime') && value !== null ? Date.parse(value) : [],
      );
      expect(Math.max(...times, 0)).toBeLessThan(Date.now() - 89 * 86_400_000);
    }
    selected.set(choice, new Set(users.map(({ id }) => id)));
  }
  const [all, only, exclude] = ['include', 'only', 'exclude'].map((name) => selected.get(name));
  expect(only?.size).toBeGreaterThan(10);
  expect(exclude?.size).toBeGreaterThan(10);
  expect(all).toEqual(only?.union(exclude ?? new Set()));
});

it('its file has the columns of the activity, and its receipt both numbers', async () => {
  const folder = await mkdtemp(join(tenant.folder, 'inactive-'));
  const [out, receipt] = [join(folder, 'users.csv'), join(folder, 'receipt.json')];
  const args = ['--inactive', '90d', '--out', out, '--receipt', receipt];
  const flags = ['users', 'list', '-o', 'csv', ...args, ...tenant.flags];
  expect((await stage.run('rollcall', flags)).code).toBe(0);
  const lines = (await readFile(out, 'utf8')).trim().split('\r\n');
  expect(lines[0]).toMatch(/createdDateTime,signInActivity\.lastSignInDateTime$/u);
  const proof = JSON.parse(await readFile(receipt, 'utf8')) as Record<string, unknown>;
  expect(proof).toMatchObject({ reconciled: true, users: 400, selected: lines.length - 1 });
});

it('a tenant without a premium license is an error, and steps down only when asked', async () => {
  const failed = await list(free, '--inactive', '90d');
  expect([failed.code, failed.stdout]).toEqual([4, '']);
  expect(failed.stderr).toMatch(
    /Authentication_RequestFromNonPremiumTenant[^]*hint: .*--inactive-by password-change/u,
  );
  const stepped = await list(free, '--inactive', '1y', '--inactive-by', 'password-change');
  expect([stepped.code, usersOf(stepped.stdout).length > 0]).toEqual([0, true]);
});

it.each([
  [['--inactive', '90'], 'Invalid value "90" for --inactive.'],
  [['--inactive', '0d'], 'Invalid value "0d" for --inactive.'],
  [['--never-signed-in', 'only'], '--never-signed-in requires --inactive TIME.'],
  [['--inactive-by', 'sign-in'], '--inactive-by requires --inactive TIME.'],
  [['--inactive', '90d', '--limit', '5'], 'cannot be used with a limit'],
  [
    ['--inactive', '90d', '--inactive-by', 'password-change', '--never-signed-in', 'only'],
    '--never-signed-in cannot be used with --inactive-by password-change.',
  ],
])('users list %j is one error with three parts', async (flags, text) => {
  const failed = await list(tenant, ...flags);
  expect([failed.code, failed.stdout]).toEqual([2, '']);
  expect(failed.stderr).toContain(text);
  expect(failed.stderr).toMatch(/\bcode: [^]*\bhint: /u);
});

it('guides/find-inactive-users.md: its commands run as shown', async () => {
  const page = readPage('guides/find-inactive-users.md');
  for (const [name, of] of [
    ['list.sh', tenant],
    ['by-password.sh', free],
  ] as const) {
    const folder = await mkdtemp(join(of.folder, 'guide-'));
    const [, ...args] = blockOf(page, name)
      .replace('--config rollcall.json', of.flags.join(' '))
      .split(' ');
    const run = await stage.run('rollcall', args, { cwd: folder });
    expect([run.code, run.stderr]).toEqual([0, expect.stringContaining('of them selected')]);
  }
});
