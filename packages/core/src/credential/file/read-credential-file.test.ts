import { execFileSync } from 'node:child_process';
import { chmod, chown, mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { readCredentialFile } from './read-credential-file.ts';
import { createTemporaryFolder, type TemporaryFolder } from '../testing/temporary-folder.ts';

let folder: TemporaryFolder;
beforeEach(async () => {
  folder = await createTemporaryFolder();
});
afterEach(() => folder[Symbol.asyncDispose]());

function read(path: string, isSecret = true): Promise<string> {
  return readCredentialFile({ path, content: 'the private key', isSecret }).then(String);
}

const root = process.getuid?.() === 0;

describe('faults A5 row 58', () => {
  it('reads a file that only its owner can read', async () => {
    expect(await read(await folder.write('key', 'k'))).toBe('k');
    expect(await read(await folder.write('readonly', 'k', 0o400))).toBe('k');
  });

  it('quotes a path with any characters for the shell', async () => {
    const path = await folder.write("it's $HOME`; key", 'k');
    await chmod(path, 0o644);
    const said: { hint: string } = await read(path).then(
      () => ({ hint: '' }),
      (error: { hint: string }) => error,
    );
    const [command = ''] = /(?<=`)chmod .*(?=`\. To accept)/u.exec(said.hint) ?? [];
    execFileSync('sh', ['-c', command]);
    expect(await read(path)).toBe('k');
  });

  it.each([0o644, 0o640, 0o604, 0o620])('rejects mode %o with the chmod command', async (mode) => {
    const path = await folder.write('key', 'k');
    await chmod(path, mode);
    await expect(read(path)).rejects.toMatchObject({
      code: 'E_CREDENTIAL',
      message: expect.stringContaining(`(mode 0${mode.toString(8)})`) as string,
      hint: expect.stringContaining(`chmod 600 '${path}'`) as string,
    });
    expect(await read(path, false)).toBe('k');
  });

  it.runIf(root)("refuses another user's file with the chown line", async () => {
    const path = await folder.write('key', 'k');
    await chown(path, 4711, 4711);
    await expect(read(path)).rejects.toMatchObject({
      message: expect.stringContaining('uid 4711') as string,
      hint: expect.stringContaining(`chown 0 '${path}'`) as string,
    });
  });

  it('checks the target of a symlink, as Kubernetes mounts secrets', async () => {
    const path = await folder.write('key', 'k');
    const link = join(folder.path, 'link');
    await symlink(path, link);
    expect(await read(link)).toBe('k');
    await chmod(path, 0o644);
    await expect(read(link)).rejects.toMatchObject({ code: 'E_CREDENTIAL' });
  });

  it('rejects a directory that every user can write to, also behind a symlink', async () => {
    const open = join(folder.path, 'open');
    await mkdir(open);
    const path = await folder.write('open/key', 'k');
    await chmod(open, 0o777);
    await expect(read(path)).rejects.toThrow('is in a directory that every user can write to');
    const link = join(folder.path, 'link');
    await symlink(path, link);
    await expect(read(link)).rejects.toThrow('is in a directory that every user can write to');
    await chmod(open, 0o1777);
    expect(await read(path)).toBe('k');
  });

  it.each([true, false])('rejects a directory (isSecret: %s)', async (isSecret) => {
    await expect(read(folder.path, isSecret)).rejects.toThrow('is not a regular file');
  });

  it.each([true, false])(
    'rejects a FIFO without waiting for a writer (isSecret: %s)',
    async (isSecret) => {
      const path = join(folder.path, 'fifo');
      execFileSync('mkfifo', [path]);
      await expect(read(path, isSecret)).rejects.toThrow('is not a regular file');
    },
  );

  it('rejects a device', async () => {
    await expect(read('/dev/zero', false)).rejects.toThrow('is not a regular file');
  });

  it.each([
    ['', 'is empty'],
    ['x'.repeat(65_537), 'is larger than 64 KiB'],
  ])(
    'faults A5 row 54: rejects content that cannot be a credential (%#)',
    async (content, problem) => {
      await expect(read(await folder.write('key', content))).rejects.toThrow(problem);
    },
  );

  it('faults A5 row 54: reports the path of a missing file', async () => {
    const path = join(folder.path, 'missing');
    await expect(read(path)).rejects.toThrow(`does not exist: ${path}`);
  });
});
