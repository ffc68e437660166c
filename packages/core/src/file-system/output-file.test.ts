import { mkdtemp, readFile, readdir, rm, stat, symlink, writeFile, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { createOutputFile } from './output-file.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'output-file-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

describe('faults A8 row 87: the output file', () => {
  it('has its name, mode 0600, and only once it is complete', async () => {
    const path = join(folder, 'users.json');
    const file = await createOutputFile(path, { force: false });
    expect(await readdir(folder)).toEqual([]);
    await file.complete('[]');
    expect(await readdir(folder)).toEqual(['users.json']);
    expect(await readFile(path, 'utf8')).toBe('[]');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it('leaves nothing behind where it cannot get its name', async () => {
    const path = join(folder, 'users.json');
    const file = await createOutputFile(path, { force: true });
    await mkdir(path);
    await expect(file.complete('[]')).rejects.toMatchObject({ reason: 'EISDIR' });
    expect(await readdir(folder)).toEqual(['users.json']);
  });

  it.each(['there from the start', 'created by another process in the meantime'])(
    'does not replace a file %s',
    async (when) => {
      const path = join(folder, 'users.json');
      const before = async () => await writeFile(path, 'precious');
      const attempt = async () => {
        if (when === 'there from the start') await before();
        const file = await createOutputFile(path, { force: false });
        if (when !== 'there from the start') await before();
        await file.complete('mine');
      };
      await expect(attempt()).rejects.toMatchObject({ code: 'E_OUTPUT', category: 'output' });
      expect(await readFile(path, 'utf8')).toBe('precious');
      expect(await readdir(folder)).toEqual(['users.json']);
    },
  );

  it('with force replaces a link, and never what it points to', async () => {
    const target = join(folder, 'target');
    const path = join(folder, 'users.json');
    await writeFile(target, 'precious');
    await symlink(target, path);
    await expect(createOutputFile(path, { force: false })).rejects.toMatchObject({
      reason: 'EEXIST',
    });
    const file = await createOutputFile(path, { force: true });
    await file.complete('new');
    expect(await readFile(path, 'utf8')).toBe('new');
    expect(await readFile(target, 'utf8')).toBe('precious');
  });

  it('refuses a folder even with force, and a folder that is missing', async () => {
    await mkdir(join(folder, 'there'));
    await expect(createOutputFile(join(folder, 'there'), { force: true })).rejects.toMatchObject({
      reason: 'EISDIR',
    });
    await expect(
      createOutputFile(join(folder, 'missing', 'users.json'), { force: false }),
    ).rejects.toMatchObject({
      code: 'E_OUTPUT',
      reason: 'ENOENT',
    });
  });
});
