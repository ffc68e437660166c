import { randomBytes } from 'node:crypto';
import { lstat, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

import { OutputError, outputError } from './output-error.ts';

/** A file that has its name only once it is whole. */
export interface OutputFile extends AsyncDisposable {
  /** @throws {OutputError} */
  write(text: string): Promise<void>;
  /**
   * Gives the file its name, after everything in it has reached the disk.
   * @throws {OutputError}
   */
  complete(): Promise<void>;
}

async function refuseToReplace(path: string, force: boolean): Promise<void> {
  const there = await lstat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw outputError(path, error);
  });
  if (there === undefined) return;
  if (!there.isFile() && !there.isSymbolicLink())
    throw new OutputError(
      path,
      `${path} is not a file.`,
      'Name a file, or leave --out away and redirect standard output.',
    );
  if (!force)
    throw new OutputError(
      path,
      `${path} exists already.`,
      'Choose another name, or add --force to replace it.',
    );
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Creates the temporary file beside `path`, readable by its owner alone. Disposing an output file that was not
 * completed removes it.
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
  let state: 'open' | 'closed' | 'named' = 'open';
  const guarded = async (work: () => Promise<unknown>) => {
    try {
      await work();
    } catch (error) {
      throw outputError(path, error);
    }
  };
  return {
    write: (text) => guarded(() => handle.writeFile(text)),
    complete: () =>
      guarded(async () => {
        await handle.sync();
        await handle.close();
        state = 'closed';
        // Somebody may have made the file while we were listing.
        await refuseToReplace(path, options.force);
        await rename(temporary, path);
        state = 'named';
        await syncFolder(dirname(path));
      }),
    async [Symbol.asyncDispose]() {
      if (state === 'open') await handle.close().catch(() => {});
      if (state !== 'named') await rm(temporary, { force: true });
    },
  };
}
