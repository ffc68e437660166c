import type { Stats } from 'node:fs';

/**
 * Whether other users can read or change a file with a secret. A file of root can be readable by a group: Kubernetes
 * gives it to the group of the container (`fsGroup`), because the process could not read it otherwise.
 */
export function isOpenToOthers(
  { mode, uid }: Pick<Stats, 'mode' | 'uid'>,
  ownUid: number | undefined = process.getuid?.(),
): boolean {
  const isOfRoot = uid === 0 && ownUid !== 0;
  return (mode & (isOfRoot ? 0o037 : 0o077)) !== 0;
}
