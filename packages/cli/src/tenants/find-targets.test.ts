import { loadProfiles } from '@rollcall/core';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { createFakeContext } from '../testing/fake-context.ts';
import { argumentsFor, checkFileNames } from './arguments-for.ts';
import { findTargets, type TenantsArguments } from './find-targets.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'targets-'));
  const profiles = {
    one: { tenant: 'one.example' },
    many: { tenant: ['a.example', 'b.example'] },
    'a b': {},
    a_b: {},
  };
  await writeFile(join(folder, 'c.json'), JSON.stringify({ profiles }), { mode: 0o600 });
});
afterAll(() => rm(folder, { recursive: true }));

function find(args: Record<string, unknown>) {
  const { context } = createFakeContext({ loadProfiles }, { cwd: folder });
  const given = { config: 'c.json', 'all-profiles': false, ...args };
  return findTargets(given as unknown as TenantsArguments, context);
}

it.each([
  ['no profile', {}, undefined],
  ['one profile', { profile: 'one' }, undefined],
  ['one profile and a tenant', { profile: 'many', tenant: 'a.example' }, undefined],
  ['an unknown profile alone, which the settings report', { profile: 'x' }, undefined],
  ['a missing file, which the settings report', { profile: 'x', config: 'x.json' }, undefined],
  ['several profiles', { profile: 'one, a b' }, ['one', 'a b']],
  ['a profile twice', { profile: 'one,one' }, ['one']],
  ['a profile with several tenants', { profile: 'many' }, ['many:a.example', 'many:b.example']],
  [
    'all profiles',
    { 'all-profiles': true },
    ['one', 'many:a.example', 'many:b.example', 'a b', 'a_b'],
  ],
])('finds the tenants of %s', async (_, args, names) => {
  expect((await find(args))?.map(({ name }) => name)).toEqual(names);
});

it.each([
  ['an unknown profile among several', { profile: 'one,x' }, 'Unknown profile "x"'],
  ['both flags', { profile: 'one', 'all-profiles': true }, '--all-profiles cannot be used'],
  ['a tenant for several', { profile: 'one,many', tenant: 'x' }, '--tenant cannot be used'],
  ['a missing file', { 'all-profiles': true, config: 'x.json' }, 'file not found'],
])('faults A11 row 120: refuses %s', async (_, args, message) => {
  await expect(find(args)).rejects.toThrow(message);
});

it('gives each tenant files of its own', async () => {
  const targets = (await find({ profile: 'many' })) ?? [];
  const args = { out: 'users-{tenant}.csv', receipt: '{tenant}.json' };
  expect(targets.map((target) => argumentsFor(args as never, target))).toMatchObject([
    { profile: 'many', tenant: 'a.example', out: 'users-many_a.example.csv' },
    { profile: 'many', tenant: 'b.example', receipt: 'many_b.example.json' },
  ]);
  expect(() => checkFileNames(args, targets)).not.toThrow();
  expect(() => checkFileNames({ out: 'users.csv' }, targets)).toThrow('--out needs {tenant}');
  expect(() => checkFileNames({ receipt: 'r.json' }, targets)).toThrow('--receipt needs {tenant}');
  const alike = (await find({ profile: 'a b,a_b' })) ?? [];
  expect(() => checkFileNames(args, alike)).toThrow('have the same name in a file name');
});
