import { constants } from 'node:fs';
import { access, type FileHandle, open, readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';

import { OutputError } from '../errors/output-error.ts';
import { ResumeError } from '../errors/resume-error.ts';
import { refuseToReplace } from '../file-system/refuse-to-replace.ts';
import { writeFileAtomically } from '../file-system/write-file-atomically.ts';
import { createResourceStack } from '../resource-stack.ts';

/**
 * The files of an unfinished export, in the folder of the output. Their names are fixed, so that a later run finds
 * them.
 */
export interface PartialFiles extends AsyncDisposable {
  /** Appends to the output and to the list of IDs. Resolves when the operating system has accepted both. */
  append(output: Iterable<Uint8Array>, ids?: Iterable<Uint8Array>): Promise<void>;
  /** The length of each file in bytes, for the checkpoint. */
  readonly sizes: Sizes;
  /** The IDs that the interrupted run wrote, up to the length in its checkpoint. */
  ids(): AsyncIterable<string>;
  /** Flushes everything appended so far to disk, and then replaces the checkpoint with `text`. */
  save(text: string): Promise<void>;
  /** Renames the output to its final name and removes the other files. */
  complete(force: boolean): Promise<void>;
}

export interface Sizes {
  readonly output: number;
  readonly ids: number;
}

function temporaryFiles(path: string): Record<'output' | 'ids' | 'checkpoint', string> {
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

/** Returns the checkpoint of an interrupted run; undefined when there is none. */
export async function readCheckpoint(path: string): Promise<string | undefined> {
  return guarded(path, () =>
    readFile(temporaryFiles(path).checkpoint, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    }),
  );
}

/**
 * Whether an interrupted export to this file left a checkpoint, from which another one can continue. A checkpoint that
 * cannot be read counts as one: the attempt to continue then reports the reason.
 */
export async function isResumable(path: string): Promise<boolean> {
  return await access(temporaryFiles(path).checkpoint).then(
    () => true,
    ({ code }: NodeJS.ErrnoException) => code !== 'ENOENT' && code !== 'ENOTDIR',
  );
}

const { O_CREAT, O_EXCL, O_NOFOLLOW, O_RDWR } = constants;

/** Creates a file, or opens that of an interrupted run and removes what was written after `size` bytes. */
async function openPart(file: string, size: number | undefined): Promise<FileHandle> {
  if (size === undefined) {
    await rm(file, { force: true });
    return open(file, O_RDWR | O_CREAT | O_EXCL, 0o600);
  }
  const handle = await open(file, O_RDWR | O_NOFOLLOW);
  if ((await handle.stat()).size < size) {
    await handle.close();
    throw new ResumeError('a file of the interrupted run is shorter than its checkpoint says');
  }
  await handle.truncate(size);
  return handle;
}

interface OpenParts {
  readonly output: FileHandle;
  readonly ids: FileHandle;
}

/** Opens both files, or neither. */
async function openParts(path: string, sizes: Sizes | undefined): Promise<OpenParts> {
  const files = temporaryFiles(path);
  await using opened = createResourceStack();
  async function part(name: keyof Sizes): Promise<FileHandle> {
    return opened.use(await openPart(files[name], sizes?.[name]));
  }
  try {
    const parts = { output: await part('output'), ids: await part('ids') };
    opened.move();
    return parts;
  } catch (error) {
    if (error instanceof ResumeError) throw error;
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    if (sizes !== undefined && code === 'ENOENT')
      throw new ResumeError('a file of the interrupted run is missing', error);
    throw new OutputError(path, code, error);
  }
}

/** Writes all bytes at a position of the file. @returns the position after them */
async function writeAt(
  handle: FileHandle,
  position: number,
  pieces: Iterable<Uint8Array>,
): Promise<number> {
  let at = position;
  for (const bytes of pieces)
    for (let done = 0; done < bytes.length;) {
      const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, at);
      done += bytesWritten;
      at += bytesWritten;
    }
  return at;
}

/** Flushes the entries of a folder to disk, so that a new name is still there after a power failure. */
async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Opens the partial files of `path`: new ones, or those of the interrupted run, shortened to `sizes`.
 * @throws {OutputError} when they cannot be created or written
 * @throws {ResumeError} when they do not match the checkpoint
 */
export async function openPartialFiles(path: string, sizes?: Sizes): Promise<PartialFiles> {
  const files = temporaryFiles(path);
  if (sizes === undefined) await guarded(path, () => rm(files.checkpoint, { force: true }));
  const { output, ids } = await openParts(path, sizes);
  const at = { output: sizes?.output ?? 0, ids: sizes?.ids ?? 0 };
  let isOpen = true;
  async function close(): Promise<void> {
    if (!isOpen) return;
    isOpen = false;
    await Promise.all([output.close(), ids.close()]);
  }
  return {
    append: (pieces, lines = []) =>
      guarded(path, async () => {
        at.output = await writeAt(output, at.output, pieces);
        at.ids = await writeAt(ids, at.ids, lines);
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
        // One name for all of them, so that a run that is killed leaves at most one.
        await writeFileAtomically(files.checkpoint, text, { temporary: `${files.checkpoint}-new` });
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
        await flushFolder(dirname(path));
      }),
    [Symbol.asyncDispose]: close,
  };
}
