import { execFile } from 'node:child_process';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { commandsOf } from '../documentation/guide.ts';
import { readPage } from '../documentation/page-blocks.ts';
import { createStage, mainOf } from '../stage.ts';
import { startTenant, type Tenant } from '../tenant.ts';

const stage = createStage();
let tenant: Tenant;
beforeAll(async () => {
  tenant = await startTenant(stage, {
    users: 20,
    flags: ['--permission', 'LicenseAssignment.Read.All'],
  });
});
afterAll(async () => {
  await tenant[Symbol.asyncDispose]();
});

interface User {
  readonly id: string;
  readonly licenses: readonly string[];
}

async function list(...flags: readonly string[]): Promise<readonly User[]> {
  const args = ['users', 'list', '-o', 'json', '--strict', ...flags, ...tenant.flags];
  const { code, stdout } = await stage.run('rollcall', args);
  expect(code).toBe(0);
  return JSON.parse(stdout) as readonly User[];
}

it('users list --licenses names the licenses of all users, and --license finds those with one', async () => {
  const all = await list('--licenses');
  expect(new Set(all.flatMap(({ licenses }) => licenses))).toEqual(
    new Set(['Office 365 E3', 'Microsoft 365 E5']),
  );
  for (const [name, product] of [
    ['E5', 'Microsoft 365 E5'],
    ['enterprisepack', 'Office 365 E3'],
  ] as const) {
    const found = await list('--license', name, '--licenses');
    expect(found).toEqual(all.filter(({ licenses }) => licenses.includes(product)));
    expect(found.length).toBeGreaterThan(0);
  }
});

it.each([
  [['--license', 'E7'], 2, 'the tenant has no license "E7"'],
  [['--license', ' '], 2, '--license requires a name.'],
  [['--licenses', '--config', 'noConsent'], 4, 'LicenseAssignment.Read.All'],
])('users list %j is one error with three parts', async (flags, code, text) => {
  const given = flags.includes('noConsent')
    ? ['--licenses', '--config', tenant.noConsentParameters, '--ca', tenant.ca]
    : [...flags, ...tenant.flags];
  const failed = await stage.run('rollcall', ['users', 'list', ...given]);
  expect([failed.code, failed.stdout]).toEqual([code, '']);
  expect(failed.stderr).toContain(text);
  expect(failed.stderr).toMatch(/\bcode: [^]*\bhint: /u);
});

it('guides/list-licenses.md: its commands print what it shows', async () => {
  const folder = await mkdtemp(join(tenant.folder, 'guide-'));
  const settings = await readFile(tenant.parameters);
  await writeFile(join(folder, 'rollcall.json'), settings, { mode: 0o600 });
  const program = `rollcall() { '${process.execPath}' '${mainOf('rollcall')}' "$@" --ca '${tenant.ca}'; }\n`;
  const env = { PATH: [dirname(process.execPath), process.env['PATH']].join(':') };
  for (const [command, output] of commandsOf(readPage('guides/list-licenses.md'))) {
    const run = promisify(execFile)('bash', ['-e', '-c', program + command], { cwd: folder, env });
    expect([command, (await run).stdout.replaceAll('\r\n', '\n')]).toEqual([command, output]);
  }
});
