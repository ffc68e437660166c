import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { codeOf, StartError } from '../start-error.ts';

/** Contents of the lock file: how the sandbox that owns the folder can be reached. */
interface Owner {
  readonly pid: number;
  /** Origin of its control API. */
  readonly control: string;
  /** Origin of its tenant. */
  readonly url: string;
}

export interface FolderLock {
  release(): Promise<void>;
}

export const lockName = '.sandbox.lock';
const probeMilliseconds = 1_000;

async function readOwner(file: string): Promise<Owner | undefined> {
  try {
    const { pid, control, url } = JSON.parse(await readFile(file, 'utf8')) as Partial<Owner>;
    return pid === undefined || control === undefined || url === undefined
      ? undefined
      : { pid, control, url };
  } catch {
    return undefined;
  }
}

/** A process ID can belong to another program meanwhile, so that the control API is asked for its tenant instead. */
async function isRunning({ control, url }: Owner): Promise<boolean> {
  if (!/^http:\/\/127\.0\.0\.1:\d+$/u.test(control)) return false;
  try {
    const response = await fetch(`${control}/tenant`, {
      signal: AbortSignal.timeout(probeMilliseconds),
    });
    return ((await response.json()) as { readonly url?: unknown }).url === url;
  } catch {
    return false;
  }
}

/**
 * Reserves a folder for the files of one sandbox until it is released. The lock of a sandbox that has ended is
 * replaced.
 * @throws {StartError} when another sandbox that runs has written its files there
 */
export async function lockFolder(folder: string, owner: Owner): Promise<FolderLock> {
  const file = join(folder, lockName);
  const text = `${JSON.stringify(owner)}\n`;
  const create = () => writeFile(file, text, { flag: 'wx', mode: 0o600 });
  try {
    await create();
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
    const other = await readOwner(file);
    if (other !== undefined && (await isRunning(other))) {
      throw new StartError(
        `The folder ${folder} is used by another sandbox (process ${other.pid}, ${other.url}).`,
        'Use another folder with --dir, or stop that sandbox.',
        error,
      );
    }
    await rm(file, { force: true });
    await create();
  }
  return {
    async release() {
      const current = await readOwner(file);
      if (current?.control === owner.control) await rm(file, { force: true });
    },
  };
}
