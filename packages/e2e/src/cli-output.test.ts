import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createStage } from './stage.ts';
import { startTenant, type Tenant } from './tenant.ts';

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
    '%s: %s that would be empty for everybody are refused unasked',
    async (format, columns, hint) => {
      await tenant.forget();
      const { code, stdout, stderr } = await list('-o', format, '--columns', columns);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toContain(hint);
      expect(await tenant.journal()).toEqual([]);
    },
  );
});

it('takes --query as az does', async () => {
  const names = await list('-o', 'json', '--query', '[].displayName');
  expect(JSON.parse(names.stdout)).toHaveLength(25);
  const first = await list('-o', 'json', '--query', '[0].displayName');
  expect(first).toMatchObject({ code: 2, stdout: '' });
});
