import type { Stats } from 'node:fs';
import { readFile, realpath, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

import { CredentialError } from '../../errors/credential-error.ts';

/** Read or write permission of the group or of other users. */
const sharedAccess = 0o066;
const worldWritable = 0o002;
const sticky = 0o1000;

/**
 * Returns whether the file is on a read-only mount. Kubernetes and Docker mount secrets like this, with modes that
 * cannot be changed. Linux only; false on other systems.
 */
export async function isReadOnlyMount(path: string): Promise<boolean> {
  const table = await readFile('/proc/self/mountinfo', 'utf8').catch(() => '');
  let closest = { length: -1, readOnly: false };
  for (const line of table.split('\n')) {
    const [, , , , point, options] = line.split(' ');
    if (point === undefined || options === undefined) continue;
    const isInside = point === '/' || path === point || path.startsWith(`${point}/`);
    // The last mount at a mount point hides the earlier ones.
    if (isInside && point.length >= closest.length)
      closest = { length: point.length, readOnly: options.split(',').includes('ro') };
  }
  return closest.readOnly;
}

/** Quotes a path for a POSIX shell. */
export function quotedPath(path: string): string {
  return `'${path.replaceAll("'", String.raw`'\''`)}'`;
}

function weaknessOf(
  path: string,
  stats: Stats,
  folders: readonly Stats[],
): readonly [string, string] | undefined {
  const uid = process.getuid?.();
  if ((stats.mode & sharedAccess) !== 0) {
    const mode = (stats.mode % 0o1000).toString(8).padStart(4, '0');
    return [
      `can be read or changed by other users (mode ${mode})`,
      `Run \`chmod 600 ${quotedPath(path)}\`.`,
    ];
  }
  if (uid !== undefined && stats.uid !== uid && stats.uid !== 0)
    return [
      `belongs to another user (uid ${stats.uid})`,
      `Run \`chown ${uid} ${quotedPath(path)}\`.`,
    ];
  if (folders.some(({ mode }) => (mode & worldWritable) !== 0 && (mode & sticky) === 0))
    return ['is in a directory that every user can write to', 'Move it to another directory.'];
  return undefined;
}

/**
 * Rejects a secret file that other users of this machine can read or replace.
 * @throws {CredentialError} with the command that corrects it
 */
export async function checkFilePermissions(
  path: string,
  content: string,
  stats: Stats,
): Promise<void> {
  if (process.platform === 'win32') return;
  const target = await realpath(path);
  const folders = await Promise.all(
    [...new Set([dirname(path), dirname(target)])].map((folder) => stat(folder)),
  );
  const weakness = weaknessOf(target, stats, folders);
  if (weakness === undefined || (await isReadOnlyMount(target))) return;
  throw new CredentialError(
    `The file for ${content} ${weakness[0]}: ${path}`,
    { code: 'fix-file-permissions', command: weakness[1] },
    { files: [path] },
  );
}
