import { open, rm } from 'node:fs/promises';

import { OutputError } from '../errors/output-error.ts';
import { refuseToReplace } from './refuse-to-replace.ts';
import { temporaryPath, writeFileAtomically } from './write-file-atomically.ts';

async function withOutputError(path: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (error instanceof OutputError) throw error;
    const { code = 'unknown' } = (error ?? {}) as { readonly code?: string };
    throw new OutputError(path, code, error);
  }
}

/** A small file that is written at once: a receipt or a configuration file. */
export interface OutputFile {
  /**
   * Writes `text` to a temporary file in the same folder and renames it after it has been flushed to disk.
   * @throws {OutputError} when the file cannot be written, or another process created it in the meantime
   *
   * @example
   * await file.complete(JSON.stringify(receipt));
   */
  complete(text: string): Promise<void>;
}

/**
 * Checks before the work starts that a file can be created at `path`. It will be readable by its owner only. The
 * temporary file exists only while it is written, so that a process that is killed in between leaves no file.
 * @param options.force whether an existing file or link is replaced (never the target of a link)
 * @throws {OutputError} when the file exists and `force` is not set, or the folder cannot be written to
 *
 * @example
 * const file = await createOutputFile('receipt.json', { force: false });
 * await file.complete(JSON.stringify(receipt));
 */
export async function createOutputFile(
  path: string,
  { force }: { readonly force: boolean },
): Promise<OutputFile> {
  await withOutputError(path, async () => {
    await refuseToReplace(path, force);
    const temporary = temporaryPath(path);
    const handle = await open(temporary, 'wx', 0o600);
    await handle.close();
    await rm(temporary);
  });
  return {
    complete: (text) =>
      withOutputError(path, () =>
        // Another process can have created the file in the meantime.
        writeFileAtomically(path, text, { beforeRename: () => refuseToReplace(path, force) }),
      ),
  };
}
