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

/** What is said of `rollcall.json`, quickly and without a word of its content. */
async function said(folder: SettingsFolder, config = 'rollcall.json'): Promise<readonly string[]> {
  const before = process.cpuUsage();
  const { issues, printed } = await folder.refusal({ flags: { config } });
  // Of the processor, so that a busy machine fails nothing; whoever waits for a pipe runs into the test's timeout.
  const { user, system } = process.cpuUsage(before);
  expect(user + system).toBeLessThan(1_000_000);
  expect(printed).not.toMatch(canary);
  return issues.map(({ path, source, message }) => `${path} (${source}): ${message}`);
}

function named(name: string, message: string): string {
  return `config (${name}, named by --config): ${message}`;
}

/** Runs `work` as a user who owns nothing. */
async function asNobody<Result>(work: () => Promise<Result>): Promise<Result> {
  const { geteuid, seteuid } = process;
  if (geteuid?.() !== 0 || seteuid === undefined) return await work();
  seteuid(65_534);
  try {
    return await work();
  } finally {
    seteuid(0);
  }
}

describe('faults A7 row 74: text of another kind', () => {
  it('accepts a byte order mark, CRLF and comments, and still counts lines', async () => {
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
      'config (rollcall.json, named by --config): is not text: it holds NUL bytes',
    ],
    [
      'bytes that are no UTF-8',
      Buffer.from([0x7b, 0xc3, 0x28, 0x7d]),
      'config (rollcall.json, named by --config): is not UTF-8',
    ],
    ['nothing', '', 'config (rollcall.json, named by --config): is empty'],
    ['blanks', ' \r\n\t', 'config (rollcall.json, named by --config): is empty'],
    [
      'a trailing comma',
      '{\n  "tenant": "canary",\n}',
      'config (rollcall.json:3:1): a key in double quotes is expected here (a comma too many?)',
    ],
    [
      'a missing comma',
      '{\n  "tenant": "canary"\n  "cloud": "global"}',
      'config (rollcall.json:3:3): a comma is expected here',
    ],
    [
      'an open string',
      '{"tenant": "canary\n}',
      'config (rollcall.json:1:12): a string does not end on its line',
    ],
    ['a list', '["canary"]', 'config (rollcall.json:1:1): is not a JSON object'],
    ['a word', 'canary', 'config (rollcall.json:1:1): there is a word that is no JSON value'],
    [
      'YAML',
      'tenant: canary\nclientId: canary\n',
      'config (rollcall.json:1:1): there is a word that is no JSON value',
    ],
  ])('refuses %s', async (_, content, expected) => {
    await using folder = await settingsFolder();
    await folder.write('rollcall.json', content);
    expect((await said(folder))[0]).toBe(expected);
  });

  it('names both places of a key that is there twice, at any depth', async () => {
    await using folder = await settingsFolder();
    const credential =
      '"credential": {"kind": "client-secret", "secret": "canary1",\n"secret": "canary2"}';
    await folder.write(
      'rollcall.json',
      `{"tenant": "${tenant}",\n"clientId": "${clientId}",\n"tenant": "b.example",\n${credential}}`,
    );
    expect(await said(folder)).toEqual([
      'tenant (rollcall.json:3:1): the key is there twice, first at rollcall.json:1:2',
      'secret (rollcall.json:5:1): the key is there twice, first at rollcall.json:4:41',
    ]);
  });

  it('names both places of a variable that an env file sets twice, and lines that set none', async () => {
    await using folder = await settingsFolder();
    await folder.write(
      '.env',
      `TENANT_ID=${tenant}\nCLIENT_ID=${clientId}\ncanary\nCLIENT_SECRET="a\nb=c"\nCLIENT_SECRET=canary\n`,
    );
    const { issues, printed } = await folder.refusal({ flags: { 'env-file': '.env' } });
    expect(printed).not.toMatch(canary);
    expect(issues.map(({ source, message }) => `${source}: ${message}`)).toEqual([
      '.env:3: the line sets no variable',
      '.env:6: CLIENT_SECRET is set twice, first at .env:4',
    ]);
  });
});

describe('faults A7 row 74: what is no settings file', () => {
  it('refuses 100 MB, and one byte over 1 MiB, and accepts 1 MiB', async () => {
    await using folder = await settingsFolder();
    await folder.write('rollcall.json', text);
    await truncate(join(folder.path, 'rollcall.json'), 100_000_000);
    expect(await said(folder)).toEqual([named('rollcall.json', 'is longer than 1 MiB')]);
    await folder.write('rollcall.json', text.padEnd(1_048_577));
    expect(await said(folder)).toEqual([named('rollcall.json', 'is longer than 1 MiB')]);
    await folder.write('rollcall.json', text.padEnd(1_048_576));
    expect(await folder.load()).toMatchObject({ tenant });
  });

  it('refuses a folder, also one behind a link', async () => {
    await using folder = await settingsFolder();
    await mkdir(join(folder.path, 'a'));
    await symlink('a', join(folder.path, 'b'));
    expect(await said(folder, 'a')).toEqual([named('a', 'is a folder')]);
    expect(await said(folder, 'b')).toEqual([named('b', 'is a folder')]);
  });

  it('refuses a FIFO without waiting for somebody to write into it', async () => {
    await using folder = await settingsFolder();
    await promisify(execFile)('mkfifo', [join(folder.path, 'fifo')]);
    expect(await said(folder, 'fifo')).toEqual([named('fifo', 'is not a regular file')]);
  });

  it.each(['/dev/zero', '/dev/null'])('refuses %s', async (device) => {
    await using folder = await settingsFolder();
    expect(await said(folder, device)).toEqual([named(device, 'is not a regular file')]);
  });

  it('refuses a file that this user may not read', async () => {
    await using folder = await settingsFolder();
    await chmod(folder.path, 0o755);
    await folder.write('rollcall.json', text);
    await chmod(join(folder.path, 'rollcall.json'), 0o000);
    const expected = [named('rollcall.json', 'this user may not read the file')];
    expect(await asNobody(() => said(folder))).toEqual(expected);
  });

  it('refuses a file that is not there, and names of files that cannot be', async () => {
    await using folder = await settingsFolder();
    expect(await said(folder, 'none.json')).toEqual([named('none.json', 'there is no such file')]);
    expect(await said(folder, 'a\0b')).toHaveLength(1);
    expect(await said(folder, 'x'.repeat(5000))).toHaveLength(1);
    expect(await folder.mistakes({ flags: { config: ['a', 'b'] } })).toEqual([
      'config (--config): must be one file',
    ]);
  });

  it('refuses an env file in the same ways', async () => {
    await using folder = await settingsFolder();
    await folder.write('empty', '');
    for (const name of ['empty', 'none', '.', '/dev/zero'])
      expect(await folder.mistakes({ flags: { 'env-file': name } })).toHaveLength(1);
  });
});

describe('faults A7 row 81: hostile JSON', () => {
  it('refuses 100,000 nested braces or brackets at the place where they get too deep', async () => {
    await using folder = await settingsFolder();
    await folder.write('rollcall.json', '{"a":'.repeat(100_000));
    expect(await said(folder)).toEqual([
      'config (rollcall.json:1:161): nests deeper than any settings',
    ]);
    await folder.write('rollcall.json', `{"a":\n${'['.repeat(100_000)}`);
    expect(await said(folder)).toEqual([
      'config (rollcall.json:2:32): nests deeper than any settings',
    ]);
  });

  it('takes prototype keys for what they are: settings that there are not', async () => {
    await using folder = await settingsFolder();
    const hostile = '{"polluted": true}';
    await folder.write(
      'rollcall.json',
      `{"__proto__": ${hostile}, "constructor": {"prototype": ${hostile}}, "toString": 1, "tenant": "${tenant}", "clientId": "${clientId}",
        "credential": {"kind": "client-secret", "secret": "canary", "__proto__": ${hostile}}}`,
    );
    expect((await said(folder)).map((line) => line.split(' ')[0])).toEqual([
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
    expect(await said(folder)).toContain(
      'credential.kind (rollcall.json:1:25): is no kind of credential',
    );
  });

  it('tells at most five faults of a file that is not JSON at all', async () => {
    await using folder = await settingsFolder();
    await folder.write('rollcall.json', 'canary '.repeat(10_000));
    expect((await said(folder)).length).toBeLessThanOrEqual(5);
  });
});
