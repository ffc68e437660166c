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
/** The object IDs of groups by their names. */
let groups: ReadonlyMap<string, string>;
beforeAll(async () => {
  tenant = await startTenant(stage, {
    users: 40,
    flags: ['--deleted-users', '2', '--permission', 'GroupMember.Read.All'],
  });
  groups = await groupIds();
});
afterAll(async () => {
  await tenant[Symbol.asyncDispose]();
});

async function groupIds(): Promise<ReadonlyMap<string, string>> {
  const response = await fetch(`${tenant.control}/groups`);
  const all = (await response.json()) as readonly { id: string; displayName: string }[];
  return new Map(all.map(({ id, displayName }) => [displayName, id]));
}

interface Truth {
  readonly users: number;
  readonly sha256: string;
}

async function truthOf(path: string): Promise<Truth> {
  const of = path.replace(/\{(.*)\}/u, (_, name: string) => groups.get(name) ?? name);
  const response = await fetch(`${tenant.control}/truth?of=${of}`);
  const { users, sha256 } = (await response.json()) as Truth;
  return { users, sha256 };
}

async function control(path: string, body: object): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  await fetch(tenant.control + path, { method: 'POST', headers, body: JSON.stringify(body) });
}

const rollcall = (...args: readonly string[]) => stage.run('rollcall', [...args, ...tenant.flags]);

const manager = 'ulrich.gross1@contoso.onmicrosoft.com';

/** The flags of each collection and its path in Graph, with the name of a group in braces in place of its ID. */
const collections: readonly (readonly [flags: readonly string[], path: string])[] = [
  [['--deleted'], '/directory/deletedItems/microsoft.graph.user'],
  [['--reports-of', manager], `/users/${manager}/directReports/microsoft.graph.user`],
  [['--group', 'engineering'], '/groups/{Engineering}/members/microsoft.graph.user'],
  [
    ['--group', 'Project Falcon', '--transitive'],
    '/groups/{Project Falcon}/transitiveMembers/microsoft.graph.user',
  ],
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

/** Errors that only requests to the tenant show; `users explain` sends none. */
const unknownToExplain = /not found|are named/u;

it.each([
  [['--reports-of', 'missing@contoso.com'], 9, 'The user missing@contoso.com was not found.'],
  [['--group', 'Missing'], 9, 'The group "Missing" was not found.'],
  [['--group', '11111111-1111-4111-8111-111111111111'], 9, 'was not found.'],
  [['--group', 'Reviewers'], 2, '2 groups are named "Reviewers".'],
  [['--group', 'Reviewers', '--deleted'], 2, '--group cannot be used with --deleted.'],
  [['--transitive'], 2, '--transitive requires --group GROUP.'],
  [['--reports-of', 'missing'], 2, '"missing" is neither an object id nor a userPrincipalName'],
  [['--deleted', '--reports-of', manager], 2, '--deleted cannot be used with --reports-of.'],
])('users list, count and explain %j is one error with three parts', async (flags, code, text) => {
  const explain = unknownToExplain.test(text) ? [] : ['explain'];
  for (const command of ['list', 'count', ...explain]) {
    const failed = await rollcall('users', command, ...flags);
    expect([failed.code, failed.stdout]).toEqual([code, '']);
    expect(failed.stderr).toContain(text);
    expect(failed.stderr).toMatch(/\bcode: [^]*\bhint: /u);
  }
});

it('users list --group names the permissions that are missing', async () => {
  const flags = ['--config', tenant.noConsentParameters, '--ca', tenant.ca];
  const failed = await stage.run('rollcall', ['users', 'list', '--group', 'Sales', ...flags]);
  expect([failed.code, failed.stdout]).toEqual([4, '']);
  expect(failed.stderr).toMatch(
    /requires GroupMember\.Read\.All and User\.Read\.All[^]*hint: .*GroupMember\.Read\.All/u,
  );
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
