import { spawnSync } from 'node:child_process';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createStage, mainOf } from '../stage.ts';
import { startTenant, type Tenant } from '../tenant.ts';

const stage = createStage();
let tenant: Tenant;
beforeAll(async () => {
  tenant = await startTenant(stage, { users: 25 });
});
afterAll(async () => {
  await tenant[Symbol.asyncDispose]();
});

const list = (...args: readonly string[]) =>
  stage.run('rollcall', ['users', 'list', ...tenant.flags, ...args]);

const get = (...ids: readonly string[]) =>
  stage.run('rollcall', ['users', 'get', ...ids, ...tenant.flags]);

describe('columns', () => {
  it('are those that the settings’ own query reads', async () => {
    const config = await tenant.variation('narrow.json', {
      endpoint: `${tenant.url}/v1.0/users?$select=id,accountEnabled`,
    });
    const line = `users list --config ${config} --ca ${tenant.ca} -o csv`;
    const { code, stdout } = await stage.run('rollcall', line.split(' '));
    const [header, ...rows] = stdout.trimEnd().split('\r\n');
    expect({ code, header }).toEqual({ code: 0, header: 'id,accountEnabled' });
    expect(rows).toHaveLength(25);
    for (const row of rows) expect(row).toMatch(/,(true|false)$/u);
  });

  it('show whom people report to, when that is read', async () => {
    const { stdout } = await list('-o', 'csv', '--select', 'id', '--expand', 'manager');
    const [header, ...rows] = stdout.trimEnd().split('\r\n');
    expect(header).toBe('id,manager.id,manager.displayName');
    expect(rows.some((row) => /^[\da-f-]{36},[\da-f-]{36},\S/u.test(row))).toBe(true);
  });

  it.each([
    ['csv', 'id,department', '--select id,department'],
    ['json', 'id', '--query'],
  ])(
    '%s: %s that would be empty for all users are refused before a request is sent',
    async (format, columns, hint) => {
      await tenant.forget();
      const { code, stdout, stderr } = await list('-o', format, '--columns', columns);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toContain(hint);
      expect(await tenant.journal()).toEqual([]);
    },
  );
});

it('count and list agree about the query of the settings, and flags win', async () => {
  const config = await tenant.variation('some.json', {
    endpoint: `${tenant.url}/v1.0/users?$select=id&$filter=accountEnabled eq false`,
  });
  const ask = (verb: string, ...more: readonly string[]) =>
    stage.run('rollcall', ['users', verb, '--config', config, '--ca', tenant.ca, ...more]);
  const listed = await ask('list', '-o', 'ndjson');
  const counted = await ask('count');
  expect(counted.stdout).toBe(`${listed.stdout.trimEnd().split('\n').length}\n`);
  expect(counted.stdout).not.toBe('25\n');
  const filter = 'accountEnabled eq true or accountEnabled eq false';
  const other = await ask('count', '--filter', filter);
  expect(other.stdout).toBe('25\n');
});

it('says once what is wrong with a query that the service refuses', async () => {
  const { code, stderr } = await list('--filter', "accountEnabled eq 'true'");
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(/^error: /u) });
});

it('takes --query as az does', async () => {
  const names = await list('-o', 'json', '--query', '[].displayName');
  expect(JSON.parse(names.stdout)).toHaveLength(25);
  const first = await list('-o', 'json', '--query', '[0].displayName');
  expect(first).toMatchObject({ code: 2, stdout: '' });
});

it('get gives a user as list does, and says which id is none', async () => {
  const listed = await list('--limit', '2', '-o', 'ndjson');
  const [one = { id: '' }, two = { id: '' }] = listed.stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { readonly id: string });
  const alone = await get(one.id);
  expect(JSON.parse(alone.stdout)).toEqual(one);
  const many = await get(one.id, 'me', two.id);
  expect(JSON.parse(many.stdout)).toEqual([one, two]);
  expect(many).toMatchObject({ code: 2, stderr: expect.stringContaining('"me" is neither') });
});

describe('files', () => {
  it.each([
    ['--out and --receipt', ['--out', 'same.csv', '--receipt', './same.csv', '--force']],
    ['--out -', ['--out', '-']],
    ['--receipt -', ['--receipt', '-']],
  ])('%s that cannot be meant are refused unasked', async (_, args) => {
    await tenant.forget();
    expect(await list(...args)).toMatchObject({ code: 2, stdout: '' });
    expect(await tenant.journal()).toEqual([]);
  });

  it('faults A8 row 87: --force replaces no device', async () => {
    const answer = await list('--out', '/dev/null', '--force', '-o', 'csv');
    expect(answer).toMatchObject({ code: 7, stderr: expect.stringContaining('ENOTREG') });
  });

  it('faults A8 row 82: a full disk under standard output is exit 7', async () => {
    const line = [...tenant.flags, '-o', 'csv'].map((word) => `'${word}'`).join(' ');
    const shell = spawnSync('sh', [
      '-c',
      `'${process.execPath}' '${mainOf('rollcall')}' users list ${line} > /dev/full`,
    ]);
    expect({ code: shell.status, stderr: shell.stderr.toString() }).toEqual({
      code: 7,
      stderr: expect.stringContaining('Writing to stdout failed (ENOSPC)'),
    });
  });
});
