import {
  chmod,
  mkdir,
  mkdtemp,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, it, onTestFinished } from 'vitest';

import { openAuditLog, type AuditLog } from './audit-log.ts';
import type { AuditRecord } from './audit-record.ts';

const stdout = { write: () => true };

async function createFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-audit-'));
  onTestFinished(async () => rm(folder, { recursive: true }));
  return folder;
}

async function openIn(folder: string): Promise<AuditLog> {
  const audit = await openAuditLog(join(folder, 'audit.log'), stdout);
  onTestFinished(async () => audit[Symbol.asyncDispose]());
  return audit;
}

const record = {
  event: 'export-started',
  time: '2026-11-25T10:00:00.000Z',
  requestId: 'id',
  caller: 'anonymous',
  address: '127.0.0.1',
  route: '/users.csv',
  query: {},
} as const satisfies AuditRecord;

async function recordsIn(path: string): Promise<readonly AuditRecord[]> {
  const lines = (await readFile(path, 'utf8')).trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line) as AuditRecord);
}

it('appends one line per record to a file that only its owner can read', async () => {
  const folder = await createFolder();
  const path = join(folder, 'audit.log');
  const first = await openIn(folder);
  const callers = ['a', 'b\n{"event":"forged"}', 'c\u2028d\r', '"'];
  await Promise.all(callers.map(async (caller) => first.write({ ...record, caller })));
  const second = await openIn(folder);
  await second.write(record);
  expect((await recordsIn(path)).map(({ caller }) => caller)).toEqual([...callers, 'anonymous']);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

it('writes to a new file after a rotation, and keeps the present one while there is no new one', async () => {
  const folder = await createFolder();
  const path = join(folder, 'audit.log');
  const audit = await openIn(folder);
  await audit.write({ ...record, requestId: 'before' });
  await rename(path, `${path}.1`);
  await mkdir(path);
  await expect(audit.reopen()).rejects.toThrow('EISDIR');
  await audit.write({ ...record, requestId: 'between' });
  await rm(path, { recursive: true });
  await audit.reopen();
  await audit.write({ ...record, requestId: 'after' });
  expect((await recordsIn(`${path}.1`)).map(({ requestId }) => requestId)).toEqual([
    'before',
    'between',
  ]);
  expect((await recordsIn(path)).map(({ requestId }) => requestId)).toEqual(['after']);
});

it.each<[string, (path: string) => Promise<unknown>]>([
  ['is a symbolic link', async (path) => symlink('/dev/null', path)],
  ['is a symbolic link', async (path) => symlink(`${path}.elsewhere`, path)],
  ['EISDIR', async (path) => mkdir(path)],
  [
    'can be changed by other users',
    async (path) => writeFile(path, '').then(async () => chmod(path, 0o620)),
  ],
  [
    'can be changed by other users',
    async (path) => writeFile(path, '').then(async () => chmod(path, 0o602)),
  ],
])('refuses a file that %s', async (message, create) => {
  const path = join(await createFolder(), 'audit.log');
  await create(path);
  await expect(openAuditLog(path, stdout)).rejects.toMatchObject({
    code: 'E_SETTINGS',
    issues: [{ source: '--audit-log', message: expect.stringContaining(message) as string }],
  });
});

it.each([
  ['/dev/null', 'is not a regular file'],
  ['/no/such/folder/audit.log', 'ENOENT'],
])('refuses %s', async (path, message) => {
  await expect(openAuditLog(path, stdout)).rejects.toMatchObject({
    issues: [{ message: expect.stringContaining(message) as string }],
  });
});

it('writes to standard output on request', async () => {
  const texts: string[] = [];
  const audit = await openAuditLog('-', { write: (text) => void texts.push(text) });
  await audit.write(record);
  await audit.reopen();
  await audit[Symbol.asyncDispose]();
  expect(texts).toEqual([`${JSON.stringify(record)}\n`]);
});
