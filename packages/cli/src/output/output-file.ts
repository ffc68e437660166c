import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

import { OutputError, refuseToReplace } from '@rollcall/core';

function outputError(path: string, cause: unknown): OutputError {
  const { code = 'unknown' } = (cause ?? {}) as { readonly code?: string };
  return cause instanceof OutputError ? cause : new OutputError(path, code, cause);
}

/** A small file that is written in one go: a receipt, settings to begin with. */
export interface OutputFile extends AsyncDisposable {
  /**
   * Writes `text` and gives the file its name, once all of it has reached the disk.
   * @throws {OutputError}
   */
  complete(text: string): Promise<void>;
}

/**
 * Creates a temporary file beside `path`, readable by its owner alone: whether the place can be written is known
 * before any work is done. Disposing an output file that was not completed removes it.
 * @param options.force whether a file of that name, or a link (never what it points to), may be replaced
 * @throws {OutputError}
 */
export async function createOutputFile(
  path: string,
  options: { readonly force: boolean },
): Promise<OutputFile> {
  await refuseToReplace(path, options.force);
  const temporary = join(
    dirname(path),
    `.${basename(path).slice(0, 200)}.${randomBytes(6).toString('hex')}.part`,
  );
  const handle = await open(temporary, 'wx', 0o600).catch((error: unknown) => {
    throw outputError(path, error);
  });
  let named = false;
  return {
    async complete(text) {
      try {
        await handle.writeFile(text);
        await handle.sync();
        // Somebody may have made the file meanwhile.
        await refuseToReplace(path, options.force);
        await rename(temporary, path);
        named = true;
      } catch (error) {
        throw outputError(path, error);
      }
    },
    async [Symbol.asyncDispose]() {
      await handle.close().catch(() => {});
      if (!named) await rm(temporary, { force: true });
    },
  };
}
