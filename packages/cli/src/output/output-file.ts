import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

import { OutputError } from '@rollcall/core';
import { refuseToReplace } from '@rollcall/core/command-line';

function outputError(path: string, cause: unknown): OutputError {
  const { code = 'unknown' } = (cause ?? {}) as { readonly code?: string };
  return cause instanceof OutputError ? cause : new OutputError(path, code, cause);
}

/** A small file that is written at once: a receipt or a configuration file. */
export interface OutputFile {
  /**
   * Writes `text` to a temporary file in the same folder and renames it after it has been flushed to disk.
   * @throws {OutputError}
   */
  complete(text: string): Promise<void>;
}

/**
 * Checks before the work starts that a file can be created at `path`. It will be readable by its owner only. The
 * temporary file exists only while it is written, so that a process that is killed in between leaves no file.
 * @param options.force whether an existing file or link is replaced (never the target of a link)
 * @throws {OutputError}
 */
export async function createOutputFile(
  path: string,
  { force }: { readonly force: boolean },
): Promise<OutputFile> {
  const temporary = join(
    dirname(path),
    `.${basename(path).slice(0, 200)}.${randomBytes(6).toString('hex')}.part`,
  );
  const guarded = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => {});
      throw outputError(path, error);
    }
  };
  const write = async (text: string): Promise<void> => {
    await using handle = await open(temporary, 'wx', 0o600);
    await handle.writeFile(text);
    await handle.sync();
  };
  await guarded(async () => {
    await refuseToReplace(path, force);
    await write('');
    await rm(temporary);
  });
  return {
    complete: (text) =>
      guarded(async () => {
        await write(text);
        // Another process can have created the file in the meantime.
        await refuseToReplace(path, force);
        await rename(temporary, path);
      }),
  };
}
