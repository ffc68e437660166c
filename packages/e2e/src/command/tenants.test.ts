import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { createStage } from '../stage.ts';
import { startTenant, type Tenant } from '../tenant.ts';

const stage = createStage();
let tenants: readonly Tenant[];
let config: string;

beforeAll(async () => {
  tenants = await Promise.all([30, 1200].map((users) => startTenant(stage, { users })));
  const profiles = await Promise.all(
    tenants.map(async ({ parameters, ca: caFile }, at) => {
      const given = JSON.parse(await readFile(parameters, 'utf8')) as Record<string, unknown>;
      return [`team ${at}`, { ...given, caFile }] as const;
    }),
  );
  const [[, first] = ['', {}]] = profiles;
  const broken = { ...first, secret: 'canary-wrong-secret-value' };
  config = join(tenants[0]?.folder ?? '', 'profiles.json');
  const content = { profiles: { ...Object.fromEntries(profiles), broken } };
  await writeFile(config, JSON.stringify(content), { mode: 0o600 });
});
afterAll(() => Promise.all(tenants.map((tenant) => tenant[Symbol.asyncDispose]())));

const rollcall = (...args: readonly string[]) =>
  stage.run('rollcall', [...args, '--config', config]);

it('lists several tenants together, each user with its tenant, and a receipt for each', async () => {
  const list = ['users', 'list', '--profile', 'team 0,team 1', '-o', 'csv', '--select', 'id'];
  const { code, stdout, stderr } = await rollcall(...list);
  const [header, ...rows] = stdout.trimEnd().split('\r\n');
  expect({ code, header, rows: rows.length }).toEqual({
    code: 0,
    header: 'tenant,id',
    rows: 1230,
  });
  expect(stderr).toContain('[team 0] complete: 30 users');
  expect(stderr).toContain('[team 1] complete: 1,200 users');
});

it('faults A11 row 120: one tenant fails, the others get their files, and the exit code is its own', async () => {
  const folder = tenants[1]?.folder ?? '';
  const files = [
    '--out',
    join(folder, 'u-{tenant}.ndjson'),
    '--receipt',
    join(folder, 'r-{tenant}.json'),
  ];
  const { code, stderr } = await rollcall('users', 'list', '--all-profiles', '--strict', ...files);
  expect(code).toBe(3);
  expect(stderr).toContain('[broken] error: Sign-in failed');
  const written = (await readdir(folder)).filter((name) => /^[ur]-/u.test(name)).toSorted();
  expect(written).toEqual(['r-team_0.json', 'r-team_1.json', 'u-team_0.ndjson', 'u-team_1.ndjson']);
  const users = await readFile(join(folder, 'u-team_1.ndjson'), 'utf8');
  expect(JSON.parse(users.split('\n')[0] ?? '')).toHaveProperty('tenant', tenants[1]?.tenant);
});

it('counts and examines them', async () => {
  const counts = await rollcall('users', 'count', '--all-profiles');
  expect(counts).toMatchObject({ code: 3, stdout: 'team 0\t30\nteam 1\t1200\n' });
  const { code, stdout } = await rollcall('doctor', '--profile', 'team 0,broken', '--json');
  expect(code).toBe(3);
  expect(JSON.parse(stdout)).toMatchObject({
    healthy: false,
    tenants: { 'team 0': { healthy: true }, broken: { healthy: false, exitCode: 3 } },
  });
});

it('shows profiles, changes the default one and removes one', async () => {
  expect((await rollcall('profile', 'use', 'team 1')).code).toBe(0);
  expect((await rollcall('profile', 'remove', 'broken')).code).toBe(0);
  const { stdout } = await rollcall('profile', 'list');
  expect(JSON.parse(stdout)).toMatchObject([
    { name: 'team 0', isDefault: false, tenants: [tenants[0]?.tenant] },
    { name: 'team 1', isDefault: true },
  ]);
  expect(await rollcall('users', 'count')).toMatchObject({ code: 0, stdout: '1200\n' });
});
