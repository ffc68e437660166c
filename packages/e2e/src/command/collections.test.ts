import { execFile } from 'node:child_process';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
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
  tenant = await startTenant(stage, { users: 40, flags: ['--deleted-users', '2'] });
});
afterAll(async () => {
  await tenant[Symbol.asyncDispose]();
});

interface Truth {
  readonly users: number;
  readonly sha256: string;
}

async function truthOf(path: string): Promise<Truth> {
  const response = await fetch(`${tenant.control}/truth?of=${path}`);
  const { users, sha256 } = (await response.json()) as Truth;
  return { users, sha256 };
}

async function control(path: string, body: object): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  await fetch(tenant.control + path, { method: 'POST', headers, body: JSON.stringify(body) });
}

const rollcall = (...args: readonly string[]) => stage.run('rollcall', [...args, ...tenant.flags]);

const manager = 'ulrich.gross1@contoso.onmicrosoft.com';

/** The flags of each collection and its path in Graph. */
const collections: readonly (readonly [flags: readonly string[], path: string])[] = [
  [['--deleted'], '/directory/deletedItems/microsoft.graph.user'],
  [['--reports-of', manager], `/users/${manager}/directReports/microsoft.graph.user`],
];

describe.each(collections)('users list %j', (flags, path) => {
  it('writes the users that the tenant has there, and a receipt with the collection', async () => {
    const folder = await mkdtemp(join(tenant.folder, 'collection-'));
    const [out, receipt] = [join(folder, 'users.ndjson'), join(folder, 'receipt.json')];
    const output = ['-o', 'ndjson', '--out', out, '--receipt', receipt, '--strict'];
    const list = ['users', 'list', ...flags, '--page-size', '1'];
    const { code, stderr } = await rollcall(...list, ...output);
    expect([code, stderr]).toEqual([0, expect.stringMatching(/^complete: .*verified/u)]);
    const truth = await truthOf(path);
    expect(truth.users).toBeGreaterThan(1);
    expect((await readFile(out, 'utf8')).trim().split('\n')).toHaveLength(truth.users);
    const proof = JSON.parse(await readFile(receipt, 'utf8')) as Record<string, unknown>;
    expect(proof).toMatchObject({ complete: true, reconciled: true, ...truth });
    expect(proof['collection']).toMatch(/\/microsoft\.graph\.user$/u);
    expect(proof['pages']).toBeGreaterThanOrEqual(truth.users);
    const counted = await rollcall('users', 'count', ...flags);
    expect(counted.stdout).toBe(`${truth.users}\n`);
  });

  it('continues after an interruption, with the same flags only', async () => {
    const out = join(await mkdtemp(join(tenant.folder, 'collection-')), 'users.csv');
    const list = ['users', 'list', '--page-size', '1', '-o', 'csv', '--out', out];
    const columns = ['--select', 'id', '--columns', 'id'];
    await control('/faults', { kind: 'both-links', path: 'skiptoken' });
    const broken = await rollcall(...list, ...columns, ...flags);
    await control('/faults/clear', {});
    expect(broken.code).toBe(6);
    const other = await rollcall(...list, ...columns, '--resume');
    expect([other.code, other.stderr]).toEqual([2, expect.stringContaining('E_RESUME')]);
    const resumed = await rollcall(...list, ...columns, ...flags, '--resume');
    expect(resumed).toMatchObject({ code: 0, stderr: expect.stringContaining('verified') });
    const { users } = await truthOf(path);
    expect((await readFile(out, 'utf8')).trim().split('\r\n')).toHaveLength(users + 1);
  });
});

it.each([
  [['--reports-of', 'missing@contoso.com'], 9, 'The user missing@contoso.com was not found.'],
  [['--reports-of', 'missing'], 2, '"missing" is neither an object id nor a userPrincipalName'],
  [['--deleted', '--reports-of', manager], 2, '--deleted cannot be used with --reports-of.'],
])('users list, count and explain %j is one error with three parts', async (flags, code, text) => {
  for (const command of code === 9 ? ['list', 'count'] : ['list', 'count', 'explain']) {
    const failed = await rollcall('users', command, ...flags);
    expect([failed.code, failed.stdout]).toEqual([code, '']);
    expect(failed.stderr).toContain(text);
    expect(failed.stderr).toMatch(/\bcode: [^]*\bhint: /u);
  }
});

it('guides/list-collections-of-users.md: its commands print what it shows', async () => {
  const folder = await mkdtemp(join(tenant.folder, 'guide-'));
  await writeFile(join(folder, 'rollcall.json'), await readFile(tenant.parameters), {
    mode: 0o600,
  });
  const program = `rollcall() { '${process.execPath}' '${mainOf('rollcall')}' "$@" --ca '${tenant.ca}'; }\n`;
  const env = { PATH: [dirname(process.execPath), process.env['PATH']].join(':') };
  for (const [command, output] of commandsOf(readPage('guides/list-collections-of-users.md'))) {
    const run = promisify(execFile)('bash', ['-e', '-c', program + command], { cwd: folder, env });
    expect([command, (await run).stdout.replaceAll('\r\n', '\n')]).toEqual([command, output]);
  }
});
