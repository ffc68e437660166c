import { execFile } from 'node:child_process';
import { chmod, mkdir, symlink, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { describe, expect, it } from 'vitest';

import {
  clientId,
  type SettingsFolder,
  settingsFolder,
  sound,
  tenant,
} from './testing/settings-folder.ts';

const text = JSON.stringify(sound, null, 2);
const canary = /canary/u;

/**
 * Returns the messages about a file; checks that it was rejected quickly and that nothing printed contains its
 * content.
 */
async function rejected(
  folder: SettingsFolder,
  config = 'rollcall.json',
): Promise<readonly string[]> {
  const before = process.cpuUsage();
  const { issues, printed } = await folder.rejection({ flags: { config } });
  // CPU time, which does not depend on the load of the machine. Waiting for a pipe exceeds the timeout of the test.
  const { user, system } = process.cpuUsage(before);
  expect(user + system).toBeLessThan(1_000_000);
  expect(printed).not.toMatch(canary);
  return issues.map(({ path, source, message }) => `${path} (${source}): ${message}`);
}

function named(name: string, message: string): string {
  return `config (${name}, named by --config): ${message}`;
}

/** Runs `work` as a user that owns no files. */
async function asOtherUser<Result>(work: () => Promise<Result>): Promise<Result> {
  const { geteuid, seteuid } = process;
  if (geteuid?.() !== 0 || seteuid === undefined) return await work();
  seteuid(65_534);
  try {
    return await work();
  } finally {
    seteuid(0);
  }
}

describe('faults A7 row 74: encoding and syntax of settings files', () => {
  it('accepts a byte order mark, CRLF and comments, and reports correct lines', async () => {
    await using folder = await settingsFolder();
    const body = `{ // ours\n"tenant": "${tenant}",\n/* two\nlines */ "clientId": "${clientId}",\n"credential": {"kind": "client-secret", "secret": "s"}}\n`;
    await folder.write('rollcall.json', `\uFEFF${body.replaceAll('\n', '\r\n')}`);
    const { sources } = await folder.load();
    expect(sources.get('tenant')).toBe('rollcall.json:2:11');
    expect(sources.get('clientId')).toBe('rollcall.json:4:22');
  });

  it('accepts a byte order mark and CRLF in an env file', async () => {
    await using folder = await settingsFolder();
    await folder.write(
      '.env',
      `\uFEFFTENANT_ID=${tenant}\r\nCLIENT_ID=${clientId}\r\nCLIENT_SECRET="s # s"\r\n`,
    );
    const { sources, credential } = await folder.load({ flags: { 'env-file': '.env' } });
    expect(sources.get('clientId')).toBe('CLIENT_ID at .env:2');
    expect((credential['secret'] as { reveal(): string }).reveal()).toBe('s # s');
  });

  it.each<[string, string | Uint8Array, string]>([
    [
      'UTF-16',
      Buffer.from(`\uFEFF${text}`, 'utf16le'),
      'config (rollcall.json, named by --config): is UTF-16',
    ],
    [
      'NUL bytes',
      `${text}\0`,
      'config (rollcall.json, named by --config): is not text: it contains NUL bytes',
    ],
    [
      'bytes that are not UTF-8',
      Buffer.from([0x7b, 0xc3, 0x28, 0x7d]),
      'config (rollcall.json, named by --config): is not UTF-8',
    ],
    ['an empty file', '', 'config (rollcall.json, named by --config): is empty'],
    ['whitespace', ' \r\n\t', 'config (rollcall.json, named by --config): is empty'],
    [
      'a trailing comma',
      '{\n  "tenant": "canary",\n}',
      'config (rollcall.json:3:1): Expected a quoted key (trailing comma?)',
    ],
    [
      'a missing comma',
      '{\n  "tenant": "canary"\n  "cloud": "global"}',
      'config (rollcall.json:3:3): Expected a comma',
    ],
    [
      'an unterminated string',
      '{"tenant": "canary\n}',
      'config (rollcall.json:1:12): Unterminated string',
    ],
    ['an array', '["canary"]', 'config (rollcall.json:1:1): Expected a JSON object'],
    ['a bare word', 'canary', 'config (rollcall.json:1:1): Unexpected token'],
    ['YAML', 'tenant: canary\nclientId: canary\n', 'config (rollcall.json:1:1): Unexpected token'],
  ])('rejects %s', async (_, content, expected) => {
    await using folder = await settingsFolder();
    await folder.write('rollcall.json', content);
    expect((await rejected(folder))[0]).toBe(expected);
  });

  it('reports both positions of a duplicate key, at any depth', async () => {
    await using folder = await settingsFolder();
    const credential =
      '"credential": {"kind": "client-secret", "secret": "canary1",\n"secret": "canary2"}';
    await folder.write(
      'rollcall.json',
      `{"tenant": "${tenant}",\n"clientId": "${clientId}",\n"tenant": "b.example",\n${credential}}`,
    );
    expect(await rejected(folder)).toEqual([
      'tenant (rollcall.json:3:1): duplicate key, first at rollcall.json:1:2',
      'secret (rollcall.json:5:1): duplicate key, first at rollcall.json:4:41',
    ]);
  });

  it('reports both positions of a variable that an env file sets twice, and invalid lines', async () => {
    await using folder = await settingsFolder();
    await folder.write(
      '.env',
      `TENANT_ID=${tenant}\nCLIENT_ID=${clientId}\ncanary\nCLIENT_SECRET="a\nb=c"\nCLIENT_SECRET=canary\n`,
    );
    const { issues, printed } = await folder.rejection({ flags: { 'env-file': '.env' } });
    expect(printed).not.toMatch(canary);
    expect(issues.map(({ source, message }) => `${source}: ${message}`)).toEqual([
      '.env:3: invalid line',
      '.env:6: CLIENT_SECRET is set twice, first at .env:4',
    ]);
  });
});

describe('faults A7 row 74: files that are not settings files', () => {
  it('rejects 100 MB and 1 MiB plus one byte, and accepts 1 MiB', async () => {
    await using folder = await settingsFolder();
    await folder.write('rollcall.json', text);
    await truncate(join(folder.path, 'rollcall.json'), 100_000_000);
    expect(await rejected(folder)).toEqual([named('rollcall.json', 'is larger than 1 MiB')]);
    await folder.write('rollcall.json', text.padEnd(1_048_577));
    expect(await rejected(folder)).toEqual([named('rollcall.json', 'is larger than 1 MiB')]);
    await folder.write('rollcall.json', text.padEnd(1_048_576));
    expect(await folder.load()).toMatchObject({ tenant });
  });

  it('rejects a directory and a link to a directory', async () => {
    await using folder = await settingsFolder();
    await mkdir(join(folder.path, 'a'));
    await symlink('a', join(folder.path, 'b'));
    expect(await rejected(folder, 'a')).toEqual([named('a', 'is a directory')]);
    expect(await rejected(folder, 'b')).toEqual([named('b', 'is a directory')]);
  });

  it('rejects a FIFO without waiting for a writer', async () => {
    await using folder = await settingsFolder();
    await promisify(execFile)('mkfifo', [join(folder.path, 'fifo')]);
    expect(await rejected(folder, 'fifo')).toEqual([named('fifo', 'is not a regular file')]);
  });

  it.each(['/dev/zero', '/dev/null'])('rejects %s', async (device) => {
    await using folder = await settingsFolder();
    expect(await rejected(folder, device)).toEqual([named(device, 'is not a regular file')]);
  });

  it('rejects a file without read permission', async () => {
    await using folder = await settingsFolder();
    await chmod(folder.path, 0o755);
    await folder.write('rollcall.json', text);
    await chmod(join(folder.path, 'rollcall.json'), 0o000);
    const expected = [named('rollcall.json', 'permission denied')];
    expect(await asOtherUser(() => rejected(folder))).toEqual(expected);
  });

  it('rejects a missing file and invalid file names', async () => {
    await using folder = await settingsFolder();
    expect(await rejected(folder, 'none.json')).toEqual([named('none.json', 'file not found')]);
    expect(await rejected(folder, 'a\0b')).toHaveLength(1);
    expect(await rejected(folder, 'x'.repeat(5000))).toHaveLength(1);
    expect(await folder.issues({ flags: { config: ['a', 'b'] } })).toEqual([
      'config (--config): must be the path of one file',
    ]);
  });

  it('rejects an env file for the same reasons', async () => {
    await using folder = await settingsFolder();
    await folder.write('empty', '');
    for (const name of ['empty', 'none', '.', '/dev/zero'])
      expect(await folder.issues({ flags: { 'env-file': name } })).toHaveLength(1);
  });
});

describe('faults A7 row 81: hostile JSON', () => {
  it('rejects 100,000 nested braces or brackets at the position where the nesting is too deep', async () => {
    await using folder = await settingsFolder();
    await folder.write('rollcall.json', '{"a":'.repeat(100_000));
    expect(await rejected(folder)).toEqual([
      'config (rollcall.json:1:161): The JSON is nested too deeply',
    ]);
    await folder.write('rollcall.json', `{"a":\n${'['.repeat(100_000)}`);
    expect(await rejected(folder)).toEqual([
      'config (rollcall.json:2:32): The JSON is nested too deeply',
    ]);
  });

  it('reports keys such as __proto__ as unknown settings', async () => {
    await using folder = await settingsFolder();
    const hostile = '{"polluted": true}';
    await folder.write(
      'rollcall.json',
      `{"__proto__": ${hostile}, "constructor": {"prototype": ${hostile}}, "toString": 1, "tenant": "${tenant}", "clientId": "${clientId}",
        "credential": {"kind": "client-secret", "secret": "canary", "__proto__": ${hostile}}}`,
    );
    expect((await rejected(folder)).map((line) => line.split(' ')[0])).toEqual([
      '__proto__',
      'constructor',
      'toString',
      'credential.__proto__',
    ]);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
    await folder.write(
      'rollcall.json',
      '{"credential": {"kind": "__proto__"}, "cloud": "constructor"}',
    );
    expect(await rejected(folder)).toContain(
      'credential.kind (rollcall.json:1:25): Unknown credential type',
    );
  });

  it('reports at most five syntax errors', async () => {
    await using folder = await settingsFolder();
    await folder.write('rollcall.json', 'canary '.repeat(10_000));
    expect((await rejected(folder)).length).toBeLessThanOrEqual(5);
  });
});

it.each(['export\t', '\texport \t', 'export\u00A0', 'export  '])(
  'faults A7 row 74: %j before a name in an env file is not a part of the name',
  async (prefix) => {
    await using folder = await settingsFolder();
    const variables = {
      AZURE_TENANT_ID: tenant,
      AZURE_CLIENT_ID: clientId,
      AZURE_CLIENT_SECRET: 's',
    };
    const lines = Object.entries(variables).map(([name, value]) => `${prefix}${name}="${value}"`);
    await folder.write('.env', lines.join('\n'));
    const settings = await folder.load({ flags: { 'env-file': '.env' } });
    expect(settings.clientId).toBe(clientId);
    expect(settings.sources.get('credential.secret')).toBe('AZURE_CLIENT_SECRET at .env:3');
  },
);
