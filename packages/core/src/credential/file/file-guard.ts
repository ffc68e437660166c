import type { Stats } from 'node:fs';
import { readFile, realpath, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

import { CredentialError } from '../../errors/credential-error.ts';

/** Read or write, by group or others. */
const tooOpen = 0o066;
const worldWritable = 0o002;
const sticky = 0o1000;

/**
 * Whether the file lies on a mount that nobody can write through: how Kubernetes and Docker hand out secrets, with modes
 * that no `chmod` can change. Linux only; false where it cannot be known.
 */
async function isReadOnlyMount(path: string): Promise<boolean> {
  const table = await readFile('/proc/self/mountinfo', 'utf8').catch(() => '');
  let best = { length: -1, readOnly: false };
  for (const line of table.split('\n')) {
    const [, , , , point, options] = line.split(' ');
    if (point === undefined || options === undefined) continue;
    const inside = point === '/' || path === point || path.startsWith(`${point}/`);
    // Of two mounts on the same point the later one covers the earlier.
    if (inside && point.length >= best.length)
      best = { length: point.length, readOnly: options.split(',').includes('ro') };
  }
  return best.readOnly;
}

/** As one word of a POSIX shell, whatever is in it. */
function quoted(path: string): string {
  return `'${path.replaceAll("'", String.raw`'\''`)}'`;
}

function weakness(
  path: string,
  stats: Stats,
  folders: readonly Stats[],
): readonly [string, string] | undefined {
  const me = process.getuid?.();
  if ((stats.mode & tooOpen) !== 0) {
    const mode = (stats.mode % 0o1000).toString(8).padStart(4, '0');
    return [
      `may be read or changed by other users (mode ${mode})`,
      `Run \`chmod 600 ${quoted(path)}\`.`,
    ];
  }
  if (me !== undefined && stats.uid !== me && stats.uid !== 0)
    return [`belongs to another user (uid ${stats.uid})`, `Run \`chown ${me} ${quoted(path)}\`.`];
  if (folders.some(({ mode }) => (mode & worldWritable) !== 0 && (mode & sticky) === 0))
    return ['lies in a folder that everybody may write to', 'Move it to a folder of its own.'];
  return undefined;
}

/**
 * Refuses a file that other users of this machine could read or replace: whoever holds it signs in as the application.
 * @throws {CredentialError} with the command that mends it
 */
export async function checkFileGuard(path: string, holds: string, stats: Stats): Promise<void> {
  if (process.platform === 'win32') return;
  const target = await realpath(path);
  const folders = await Promise.all(
    [...new Set([dirname(path), dirname(target)])].map((folder) => stat(folder)),
  );
  const found = weakness(target, stats, folders);
  if (found === undefined || (await isReadOnlyMount(target))) return;
  throw new CredentialError(
    `The file for ${holds} ${found[0]}: ${path}`,
    { code: 'fix-file-permissions', command: found[1] },
    { files: [path] },
  );
}
