import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** Returns a name for a temporary file in the folder of `path` that no other process uses. */
export function temporaryPath(path: string): string {
  return join(dirname(path), `.${basename(path).slice(0, 200)}.${crypto.randomUUID()}.part`);
}

export interface AtomicWriteOptions {
  /** A file in the folder of `path`; one that an earlier process left there is replaced. */
  readonly temporary?: string;
  /** Called when the text is on disk. If it throws, the file does not get its name. */
  readonly beforeRename?: () => Promise<void>;
}

/**
 * Writes a file that is readable by its owner only, so that at no time a part of it has the name `path`: to a temporary
 * file, which is flushed to disk and renamed. After an error the temporary file is removed.
 * @throws the error of the file system
 */
export async function writeFileAtomically(
  path: string,
  text: string,
  { temporary = temporaryPath(path), beforeRename }: AtomicWriteOptions = {},
): Promise<void> {
  try {
    await rm(temporary, { force: true });
    // `wx` never follows a link.
    const handle = await open(temporary, 'wx', 0o600);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await beforeRename?.();
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    throw error;
  }
}
