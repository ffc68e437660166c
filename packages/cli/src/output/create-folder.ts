import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}

/**
 * Creates a folder and the missing folders above it. `mkdir` with `recursive` never ends on file systems such as
 * `/proc`, which report that the folder above is missing although it exists.
 */
export async function createFolder(path: string, mode: number): Promise<void> {
  if (await isFolder(path)) return;
  const parent = dirname(path);
  if (parent !== path && !(await isFolder(parent))) await createFolder(parent, mode);
  try {
    await mkdir(path, { mode });
  } catch (error) {
    // Another process can have created it meanwhile.
    if (!(await isFolder(path))) throw error;
  }
}
