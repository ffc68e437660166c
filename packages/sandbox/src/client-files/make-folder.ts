import { mkdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

import { codeOf } from '../start-error.ts';

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  }
}

/**
 * Creates a folder and its missing parents, each readable by its owner only. `mkdir` with `recursive` never returns
 * on file systems that report ENOENT for a parent that exists, such as /proc, so that each folder is created once here.
 * @throws the error of the file system
 */
export async function makeFolder(folder: string): Promise<void> {
  const missing: string[] = [];
  let path = resolve(folder);
  while (!(await exists(path)) && dirname(path) !== path) {
    missing.push(path);
    path = dirname(path);
  }
  for (const each of missing.toReversed()) {
    try {
      await mkdir(each, { mode: 0o700 });
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    }
  }
}
