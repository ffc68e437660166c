import type { Stats } from 'node:fs';
import { lstat, stat } from 'node:fs/promises';

import { OutputError } from '../errors/output-error.ts';

type Look = (path: string) => Promise<Stats>;

async function seen(look: Look, path: string): Promise<Stats | undefined> {
  try {
    return await look(path);
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    // ENOENT: nothing is there. ELOOP: a link that leads nowhere is as good as none.
    if (code === 'ENOENT' || (code === 'ELOOP' && look === stat)) return undefined;
    throw new OutputError(path, code, error);
  }
}

/**
 * Whether a finished file may take this name. Devices, pipes and sockets are never replaced, nor links to them:
 * `--out /dev/null --force` by root would leave a machine without its `/dev/null`.
 * @throws {OutputError} when something of that name is there that must stay
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
