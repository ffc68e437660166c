import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import { refuseToReplace } from './refuse-to-replace.ts';

async function inFolder(test: (path: (name: string) => string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'replace-'));
  try {
    await test((name) => join(folder, name));
  } finally {
    await rm(folder, { recursive: true });
  }
}

const refused = (path: string, force: boolean) =>
  refuseToReplace(path, force).then(
    () => 'may be replaced',
    (error: { readonly reason: string }) => error.reason,
  );

it('faults A8 row 87: a file or a link is replaced by force only, a folder never', () =>
  inFolder(async (path) => {
    await writeFile(path('file'), '');
    await symlink(path('file'), path('link'));
    await symlink(path('nowhere'), path('dangling'));
    await symlink(path('loop'), path('loop'));
    for (const name of ['file', 'link', 'dangling', 'loop'])
      expect([name, await refused(path(name), false), await refused(path(name), true)]).toEqual([
        name,
        'EEXIST',
        'may be replaced',
      ]);
    expect(await refused(path(''), true)).toBe('EISDIR');
    expect(await refused(path('new'), false)).toBe('may be replaced');
    expect(await refused(path('file/in/a/file'), false)).toBe('ENOTDIR');
  }));

it('faults A8 row 87: a device or a socket is never replaced, nor a link to one', () =>
  inFolder(async (path) => {
    await using server = createServer().listen(path('socket'));
    await new Promise((listening) => server.once('listening', listening));
    await symlink('/dev/null', path('link'));
    for (const name of ['/dev/null', path('socket'), path('link')])
      expect([name, await refused(name, true)]).toEqual([name, 'ENOTREG']);
  }));
