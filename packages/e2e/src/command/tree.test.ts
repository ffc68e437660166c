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
let cyclic: Tenant;
beforeAll(async () => {
  tenant = await startTenant(stage, { users: 20 });
  cyclic = await startTenant(stage, { users: 20, flags: ['--skew', 'manager-cycle'] });
});
afterAll(async () => {
  await tenant[Symbol.asyncDispose]();
  await cyclic[Symbol.asyncDispose]();
});

interface Row {
  readonly id: string;
  readonly depth: number;
  readonly path: readonly string[];
  readonly manager?: { readonly id: string };
}

it('users list --tree writes each user below its manager, and warns of cycles', async () => {
  const list = ['users', 'list', '--tree', '-o', 'ndjson', '--strict'];
  for (const { flags, isCyclic } of [
    { flags: tenant.flags, isCyclic: false },
    { flags: cyclic.flags, isCyclic: true },
  ]) {
    const { code, stdout, stderr } = await stage.run('rollcall', [...list, ...flags]);
    expect([code, stderr]).toEqual([0, expect.stringContaining('verified')]);
    expect(/^warning: The managers of these users lead back to themselves/mu.test(stderr)).toBe(
      isCyclic,
    );
    const rows = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Row);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(20);
    for (const { id, depth, path, manager } of rows) {
      expect([path.length, path.at(-1)]).toEqual([depth + 1, id]);
      expect([manager?.id, undefined]).toContain(path.at(-2));
    }
    expect(Math.max(...rows.map(({ depth }) => depth))).toBeGreaterThan(1);
  }
});

it.each([
  [['list', '--tree', '--limit', '3'], 2, '--tree cannot be used with --limit.'],
  [['list', '--tree', '--query', 'id'], 2, '--tree cannot be used with --query.'],
  [['get', 'a@b.example', 'c@d.example', '--tree'], 2, '--tree requires one ID.'],
  [['get', 'missing@contoso.com', '--tree'], 9, 'The user missing@contoso.com was not found.'],
  [['list', '--select', 'manager.manager.id'], 2, 'the manager of the manager'],
])('users %j is one error with three parts', async (args, code, text) => {
  const failed = await stage.run('rollcall', ['users', ...args, ...tenant.flags]);
  expect([failed.code, failed.stdout]).toEqual([code, '']);
  expect(failed.stderr).toContain(text);
  expect(failed.stderr).toMatch(/\bcode: [^]*\bhint: /u);
});

it('guides/show-the-organization-chart.md: its commands print what it shows', async () => {
  const folder = await mkdtemp(join(tenant.folder, 'guide-'));
  const settings = await readFile(tenant.parameters);
  await writeFile(join(folder, 'rollcall.json'), settings, { mode: 0o600 });
  const program = `rollcall() { '${process.execPath}' '${mainOf('rollcall')}' "$@" --ca '${tenant.ca}'; }\n`;
  const env = { PATH: [dirname(process.execPath), process.env['PATH']].join(':') };
  for (const [command, output] of commandsOf(readPage('guides/show-the-organization-chart.md'))) {
    const run = promisify(execFile)('bash', ['-e', '-c', program + command], { cwd: folder, env });
    expect([command, (await run).stdout.replaceAll('\r\n', '\n')]).toEqual([command, output]);
  }
});
