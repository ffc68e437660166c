import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, it } from 'vitest';

import { runProgram } from '../run-program.ts';
import { createFakeHost } from '../testing/fake-host.ts';

const tenant = 'contoso.com';
const clientId = '6f1b7a52-9f0e-4d7a-8f44-0c3d6a1b2c3d';

let home: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'config-init-'));
});

afterEach(() => rm(home, { recursive: true }));

async function init(argv: readonly string[], answers?: readonly string[]) {
  const fake = createFakeHost({
    env: { HOME: home },
    cwd: home,
    ...(answers === undefined ? {} : { stdin: answers.map((line) => `${line}\n`).join('') }),
  });
  if (answers !== undefined) Object.assign(fake.host.stdin, { isTTY: true });
  const code = await runProgram(['config', 'init', ...argv], fake.host);
  return { code, err: fake.stderr(), out: fake.stdout() };
}

const byDefault = () => join(home, '.config', 'rollcall', 'config.json');

it('creates the default file with placeholders and $schema, readable by its owner only', async () => {
  const { code, err } = await init([]);
  expect({ code, err }).toEqual({
    code: 0,
    err: `Created ${byDefault()}. Replace the <…> placeholders, then run \`rollcall config check\`.\n`,
  });
  const text = await readFile(byDefault(), 'utf8');
  expect(text).toContain('"tenant": "<tenant>"');
  expect(text).toContain('"$schema": "./config.schema.json"');
  expect((await stat(byDefault())).mode & 0o777).toBe(0o600);
  const schema = await readFile(join(home, '.config', 'rollcall', 'config.schema.json'), 'utf8');
  expect(JSON.parse(schema)).toHaveProperty('title', 'Rollcall settings');
});

it('faults A11 row 119: takes tenant, client ID and credential from flags, and asks nothing without a terminal', async () => {
  const flags = ['--tenant', tenant, '--client-id', clientId, '--credential', 'managed-identity'];
  const { code, err } = await init([...flags, '--out', 'rollcall.json']);
  expect({ code, err }).toEqual({
    code: 0,
    err: `Created ${join(home, 'rollcall.json')}. Run \`rollcall doctor --config rollcall.json\` to test it.\n`,
  });
  const text = await readFile(join(home, 'rollcall.json'), 'utf8');
  expect(text).toContain(`"tenant": "${tenant}"`);
  expect(text).toContain('"kind": "managed-identity"');
  expect(await readdir(home)).toEqual(['rollcall.json', 'rollcall.schema.json']);
});

it.each([
  ['the list number of a credential', [tenant, clientId, '2', 'key.pem'], 'client-certificate'],
  ['the name of a credential', [tenant, clientId, 'client-secret', 'secret.txt'], 'client-secret'],
  ['an empty answer for the default', [tenant, clientId, '', ''], 'client-secret'],
  ['a credential without a file', [tenant, clientId, 'managed-identity'], 'managed-identity'],
  [
    'a valid answer after an invalid one',
    ['common', tenant, 'not-a-guid', clientId, '9', '1', ''],
    'client-secret',
  ],
])('on a terminal, accepts %s', async (_, answers, kind) => {
  const { code, err } = await init([], answers);
  expect(code).toBe(0);
  expect(err).toContain('Tenant (ID or domain): ');
  const text = await readFile(byDefault(), 'utf8');
  expect(text).toContain(`"tenant": "${tenant}"`);
  expect(text).toContain(`"clientId": "${clientId}"`);
  expect(text).toContain(`"kind": "${kind}"`);
});

it('asks only for what no flag gives, and says why an answer is invalid', async () => {
  const { err } = await init(
    ['--tenant', tenant, '--credential', 'managed-identity'],
    ['x', clientId],
  );
  expect(err).not.toContain('Tenant (ID or domain)');
  expect(err).toContain('is not a GUID');
  expect(err).toContain('Run `rollcall doctor` to test it.');
});

it('an input that ends leaves placeholders', async () => {
  const { code } = await init([], []);
  expect(code).toBe(0);
  expect(await readFile(byDefault(), 'utf8')).toContain('<client-id>');
});

it.each([
  [['--tenant', 'common'], 'tenant'],
  [['--client-id', 'x'], 'clientId'],
  [['--credential', 'password'], 'Valid values: client-secret'],
])('faults A11 row 119: refuses %j before anything is written', async (flags, text) => {
  const { code, err } = await init(flags);
  expect(code).toBe(2);
  expect(err).toContain(text);
  expect(await readdir(home)).toEqual([]);
});

it('faults A11 row 119: asks nothing when the file exists, and recommends what applies to it', async () => {
  await init([]);
  const { code, err } = await init([], ['ignored']);
  expect(code).toBe(7);
  expect(err).not.toContain('Tenant (ID');
  expect(err).toContain('Use --force to overwrite it, or choose another name.');
  expect((await init(['--force'], [tenant, clientId, '1', ''])).code).toBe(0);
});
