import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createStage } from '../stage.ts';
import { startTenant, type Tenant } from '../tenant.ts';

const stage = createStage();
let tenant: Tenant;
beforeAll(async () => {
  tenant = await startTenant(stage, { users: 1_500 });
});
afterAll(async () => {
  await tenant[Symbol.asyncDispose]();
});

const users = (...args: readonly string[]) =>
  stage.run('rollcall', ['users', ...args, ...tenant.flags]);

type User = Readonly<Record<string, string | boolean | null>>;

async function list(select: string): Promise<readonly User[]> {
  const { stdout } = await users('list', '--select', select, '-o', 'json');
  return JSON.parse(stdout) as readonly User[];
}

describe('users count --by', () => {
  it('counts what users list returns, in any case of the names', async () => {
    const { code, stdout, stderr } = await users(
      'count',
      '--by',
      'DEPARTMENT,accountenabled',
      '-o',
      'json',
      '--strict',
    );
    expect(code).toBe(0);
    expect(stderr).toContain('verified against $count');
    const expected = new Map<string, number>();
    for (const { department, accountEnabled } of await list('id,department,accountEnabled')) {
      const key = JSON.stringify([department, accountEnabled]);
      expected.set(key, (expected.get(key) ?? 0) + 1);
    }
    const groups = JSON.parse(stdout) as readonly (User & { readonly count: number })[];
    const counted = groups.map(({ department, accountEnabled, count }) => [
      JSON.stringify([department, accountEnabled]),
      count,
    ]);
    expect(Object.fromEntries(counted)).toEqual(Object.fromEntries(expected));
    const counts = groups.map(({ count }) => count);
    expect(counts).toEqual(counts.toSorted((one, other) => other - one));
  });

  it.each([
    ['an unknown property', ['count', '--by', 'departmnt'], 2, "named 'departmnt'"],
    ['--output without --by', ['count', '-o', 'csv'], 2, '--output requires --by'],
    ['no property', ['duplicates'], 2, 'requires --by'],
  ])('refuses %s', async (_, args, expected, text) => {
    const { code, stdout, stderr } = await users(...args);
    expect({ code, stdout }).toEqual({ code: expected, stdout: '' });
    expect(stderr).toContain(text);
  });
});

it('users duplicates finds the names that several users have', async () => {
  const { code, stdout } = await users('duplicates', '--by', 'displayName', '-o', 'json');
  const byName = Map.groupBy(await list('id,displayName'), ({ displayName }) =>
    String(displayName).toLowerCase(),
  );
  const expected = [...byName].filter(([, same]) => same.length > 1);
  expect(expected.length).toBeGreaterThan(10);
  const found = JSON.parse(stdout) as readonly {
    readonly value: string;
    readonly users: readonly User[];
  }[];
  const idsOf = (each: readonly User[]) => each.map(({ id }) => String(id)).toSorted();
  expect(code).toBe(0);
  expect(Object.fromEntries(found.map(({ value, users: same }) => [value, idsOf(same)]))).toEqual(
    Object.fromEntries(expected.map(([name, same]) => [name, idsOf(same)])),
  );
});
