import type { Stats } from 'node:fs';
import { lstat, stat } from 'node:fs/promises';

import { OutputError } from '../errors/output-error.ts';

type Look = (path: string) => Promise<Stats>;

async function seen(look: Look, path: string): Promise<Stats | undefined> {
  try {
    return await look(path);
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    // ENOENT: the file does not exist. ELOOP: a circular link has no target.
    if (code === 'ENOENT' || (code === 'ELOOP' && look === stat)) return undefined;
    throw new OutputError(path, code, error);
  }
}

/**
 * Checks that an output file can get this name. Devices, pipes and sockets, and links to them, are never replaced: with
 * `force`, root could delete `/dev/null`.
 * @throws {OutputError} when an existing file must not be replaced
 */
export async function refuseToReplace(path: string, force: boolean): Promise<void> {
  const there = await seen(lstat, path);
  if (there === undefined) return;
  if (there.isDirectory()) throw new OutputError(path, 'EISDIR');
  const meant = there.isSymbolicLink() ? await seen(stat, path) : there;
  if (meant !== undefined && !meant.isFile() && !meant.isDirectory())
    throw new OutputError(path, 'ENOTREG');
  if (!force) throw new OutputError(path, 'EEXIST');
}
