import { execFile } from 'node:child_process';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { commandsOf } from '../documentation/guide.ts';
import { readPage } from '../documentation/page-blocks.ts';
import { createStage, mainOf } from '../stage.ts';
import { startTenant, type Tenant } from '../tenant.ts';

const stage = createStage();
let tenant: Tenant;
beforeAll(async () => {
  tenant = await startTenant(stage, { users: 3 });
});
afterAll(async () => {
  await tenant[Symbol.asyncDispose]();
});

async function change(order: object): Promise<void> {
  const response = await fetch(`${tenant.control}/changes`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(order),
  });
  expect(response.status).toBe(200);
}

/** Runs the commands of the guide in a folder with `rollcall` on the path and a configuration for the sandbox. */
async function createShell(): Promise<(command: string) => Promise<string>> {
  const folder = join(tenant.folder, 'guide');
  const bin = join(folder, 'bin');
  await mkdir(bin, { recursive: true });
  const program = join(bin, 'rollcall');
  await writeFile(program, `#!/bin/sh\nexec '${process.execPath}' '${mainOf('rollcall')}' "$@"\n`);
  await chmod(program, 0o755);
  const parameters = JSON.parse(await readFile(tenant.parameters, 'utf8')) as object;
  await writeFile(join(folder, 'rollcall.json'), JSON.stringify(parameters), { mode: 0o600 });
  const path = [bin, dirname(process.execPath), process.env['PATH']].join(':');
  return async (command) => {
    const env = { PATH: path, NODE_EXTRA_CA_CERTS: tenant.ca };
    const options = { cwd: folder, env };
    return (await promisify(execFile)('bash', ['-e', '-c', command], options)).stdout;
  };
}

const diff = (...args: readonly string[]) =>
  stage.run('rollcall', ['users', 'diff', ...args], { cwd: join(tenant.folder, 'guide') });

describe('users diff', () => {
  it('prints what the guide shows, from exports of the command', async () => {
    const run = await createShell();
    const [monday, friday, comparison] = commandsOf(readPage('guides/compare-exports.md'));
    await run(monday?.[0] ?? '');
    await change({ count: 1, action: 'update' });
    await change({ count: 1, action: 'remove' });
    await run(friday?.[0] ?? '');
    const printed = (await run(comparison?.[0] ?? '')).replaceAll('\r\n', '\n');
    expect(printed).toBe(comparison?.[1]);
  });

  it.each([
    ['json', (text: string) => (JSON.parse(text) as unknown[]).length],
    ['ndjson', (text: string) => text.trim().split('\n').length],
  ])('prints every difference as %s, and their number on stderr', async (format, count) => {
    const { code, stdout, stderr } = await diff('monday.csv', 'friday.csv', '-o', format);
    expect({ code, count: count(stdout) }).toEqual({ code: 0, count: 2 });
    expect(stderr).toContain('Users: 0 added, 1 removed, 1 changed, 1 unchanged.');
  });

  it('ends with 1 for --exit-code and differences, and with 0 without', async () => {
    expect(await diff('monday.csv', 'friday.csv', '--exit-code')).toMatchObject({ code: 1 });
    expect(await diff('monday.csv', 'monday.csv', '--exit-code')).toMatchObject({
      code: 0,
      stdout: '[\n]\n',
    });
  });

  it('refuses an export without a receipt, a shortened one, and one of another tenant', async () => {
    const folder = join(tenant.folder, 'guide');
    const text = await readFile(join(folder, 'monday.csv'), 'utf8');
    const receipt = await readFile(join(folder, 'monday.csv.receipt.json'), 'utf8');
    await writeFile(join(folder, 'bare.csv'), text);
    await writeFile(join(folder, 'short.csv'), text.split('\r\n').slice(0, 3).join('\r\n'));
    const other = { ...(JSON.parse(receipt) as object), tenant: 'fabrikam.com' };
    await writeFile(join(folder, 'other.json'), JSON.stringify(other));
    const bare = await diff('bare.csv', 'friday.csv');
    expect(bare).toMatchObject({ code: 6, stdout: '' });
    expect(bare.stderr).toContain('E_UNVERIFIED_EXPORT');
    expect(bare.stderr).toContain('--old-receipt');
    const short = await diff('short.csv', 'friday.csv', '--old-receipt', 'monday.csv.receipt.json');
    expect(short).toMatchObject({ code: 6, stdout: '' });
    expect(short.stderr).toContain('it has 2 users, but its receipt says 3');
    const unrelated = await diff('monday.csv', 'friday.csv', '--old-receipt', 'other.json');
    expect(unrelated).toMatchObject({ code: 2, stdout: '' });
    expect(unrelated.stderr).toContain('--allow-unrelated');
    expect(await diff('bare.csv', 'friday.csv', '--allow-unverified')).toMatchObject({ code: 0 });
  });

  it.each([[['monday.csv']], [['monday.csv', 'friday.csv', 'monday.csv']]])(
    'refuses %j: it compares two exports',
    async (files) => {
      const { code, stderr } = await diff(...files);
      expect(code).toBe(2);
      expect(stderr).toContain('compares two exports');
    },
  );
});
