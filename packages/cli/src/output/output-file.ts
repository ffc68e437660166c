import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

import { OutputError, refuseToReplace } from '@rollcall/core';

function outputError(path: string, cause: unknown): OutputError {
  const { code = 'unknown' } = (cause ?? {}) as { readonly code?: string };
  return cause instanceof OutputError ? cause : new OutputError(path, code, cause);
}

/** A small file that is written in one go: a receipt, settings to begin with. */
export interface OutputFile {
  /**
   * Writes `text` beside the place and gives it the name once all of it has reached the disk.
   * @throws {OutputError}
   */
  complete(text: string): Promise<void>;
}

/**
 * Finds out before any work is done whether a file can be made at `path`, readable by its owner alone. Nothing lies about
 * meanwhile: a program that is killed leaves nothing behind.
 * @param options.force whether a file of that name, or a link (never what it points to), may be replaced
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
        // Somebody may have made the file meanwhile.
        await refuseToReplace(path, force);
        await rename(temporary, path);
      }),
  };
}
