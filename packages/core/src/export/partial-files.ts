import { constants } from 'node:fs';
import { type FileHandle, open, readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';

import { OutputError } from '../errors/output-error.ts';
import { ResumeError } from '../errors/resume-error.ts';
import { refuseToReplace } from '../file-system/refuse-to-replace.ts';

/**
 * The files of an unfinished export, in the folder of the output. Their names are fixed, so that a later run finds
 * them.
 */
export interface PartialFiles extends AsyncDisposable {
  /** Appends to the output and to the list of ids, and waits until both are with the system. */
  append(output: Iterable<Uint8Array>, ids?: Iterable<Uint8Array>): Promise<void>;
  /** Bytes of each, for the checkpoint. */
  readonly sizes: Sizes;
  /** Ids of an earlier run, up to the size that its checkpoint says. */
  ids(): AsyncIterable<string>;
  /** Makes everything appended so far durable, and only then `text` the checkpoint. */
  save(text: string): Promise<void>;
  /** Gives the output its name and removes the others. */
  complete(force: boolean): Promise<void>;
}

export interface Sizes {
  readonly output: number;
  readonly ids: number;
}

function besides(path: string): Record<'output' | 'ids' | 'checkpoint', string> {
  const temporaryPath = (what: string): string =>
    join(dirname(path), `.${basename(path).slice(0, 200)}.rollcall-${what}`);
  return {
    output: temporaryPath('part'),
    ids: temporaryPath('ids'),
    checkpoint: temporaryPath('checkpoint'),
  };
}

async function guarded<Value>(path: string, work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof OutputError) throw error;
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    throw new OutputError(path, code, error);
  }
}

/** The checkpoint of an interrupted run, or undefined when there is none. */
export async function readCheckpoint(path: string): Promise<string | undefined> {
  return guarded(path, () =>
    readFile(besides(path).checkpoint, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    }),
  );
}

const { O_CREAT, O_EXCL, O_NOFOLLOW, O_RDWR } = constants;

async function openPart(file: string, size: number | undefined): Promise<FileHandle> {
  if (size === undefined) {
    await rm(file, { force: true });
    return open(file, O_RDWR | O_CREAT | O_EXCL, 0o600);
  }
  const handle = await open(file, O_RDWR | O_NOFOLLOW);
  if ((await handle.stat()).size < size) {
    await handle.close();
    throw new ResumeError('a file that it left behind is shorter than it was');
  }
  // What was written after the checkpoint is written again.
  await handle.truncate(size);
  return handle;
}

/**
 * Opens the partial files of `path`: new ones, or those of the run that was interrupted, cut back to `sizes`.
 * @throws {OutputError} when the system refuses
 * @throws {ResumeError} when they are not what the checkpoint says
 */
export async function openPartialFiles(path: string, sizes?: Sizes): Promise<PartialFiles> {
  const files = besides(path);
  const opened: FileHandle[] = [];
  const part = async (name: 'output' | 'ids'): Promise<FileHandle> => {
    const handle = await openPart(files[name], sizes?.[name]);
    opened.push(handle);
    return handle;
  };
  const close = async (): Promise<void> => {
    await Promise.all(opened.splice(0).map((handle) => handle.close()));
  };
  if (sizes === undefined) await guarded(path, () => rm(files.checkpoint, { force: true }));
  let output: FileHandle;
  let ids: FileHandle;
  try {
    [output, ids] = [await part('output'), await part('ids')];
  } catch (error) {
    await close();
    if (error instanceof ResumeError) throw error;
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    if (sizes !== undefined && code === 'ENOENT')
      throw new ResumeError('a file that it left behind is gone', error);
    throw new OutputError(path, code, error);
  }
  const at = { output: sizes?.output ?? 0, ids: sizes?.ids ?? 0 };
  const write = async (
    handle: FileHandle,
    name: keyof Sizes,
    pieces: Iterable<Uint8Array>,
  ): Promise<void> => {
    for (const bytes of pieces)
      for (let done = 0; done < bytes.length;) {
        const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, at[name]);
        done += bytesWritten;
        at[name] += bytesWritten;
      }
  };
  return {
    append: (pieces, lines = []) =>
      guarded(path, async () => {
        await write(output, 'output', pieces);
        await write(ids, 'ids', lines);
      }),
    get sizes() {
      return { ...at };
    },
    async *ids() {
      if (at.ids === 0) return;
      const lines = createInterface({
        input: ids.createReadStream({ start: 0, end: at.ids - 1, autoClose: false }),
      });
      for await (const line of lines) yield JSON.parse(line) as string;
    },
    save: (text) =>
      guarded(path, async () => {
        // In this order: a checkpoint must never describe bytes that are not on disk.
        await Promise.all([output.datasync(), ids.datasync()]);
        const temporary = `${files.checkpoint}-new`;
        const handle = await open(temporary, 'w', 0o600);
        try {
          await handle.writeFile(text);
          await handle.datasync();
        } finally {
          await handle.close();
        }
        await rename(temporary, files.checkpoint);
      }),
    complete: (force) =>
      guarded(path, async () => {
        await output.sync();
        await close();
        // Another process can have created the file during the listing.
        await refuseToReplace(path, force);
        await rename(files.output, path);
        await rm(files.checkpoint, { force: true });
        await rm(files.ids, { force: true });
        const folder = await open(dirname(path), 'r');
        try {
          await folder.sync();
        } finally {
          await folder.close();
        }
      }),
    [Symbol.asyncDispose]: close,
  };
}
