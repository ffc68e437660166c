import { type FileHandle, open } from 'node:fs/promises';

import { ExportError } from '../errors/export-error.ts';
import { createIdSet, type IdSet } from '../listing/id-set.ts';
import { type ExportHead, readExportHead } from './export-head.ts';
import { type ExportedUser, parseRecord, readUsers } from './read-users.ts';
import { createUserIndex, type UserIndex, wordsOfId } from './user-index.ts';

/** An export whose file is open. */
export interface OpenExport extends AsyncDisposable {
  readonly path: string;
  readonly file: FileHandle;
  readonly head: ExportHead;
}

/** An export that was read once; of its users only the index is in memory. */
export interface IndexedExport {
  readonly index: UserIndex;
  readonly ids: IdSet;
  /** The last line of an NDJSON stream of the server, which contains the receipt. */
  readonly trailer: ExportedUser | undefined;
  /** Reads one user from the file again. */
  readUser(entry: number): Promise<ExportedUser>;
}

const changed = 'Export the users again. The file must not change while it is compared.';

/**
 * Opens an export. Its records are read more than once, so that it must be a regular file.
 * @throws {ExportError} when it cannot be opened, or is not an export
 */
export async function openExport(path: string): Promise<OpenExport> {
  let file: FileHandle;
  try {
    file = await open(path, 'r');
  } catch (cause) {
    const { code = 'unknown' } = cause as NodeJS.ErrnoException;
    throw new ExportError(
      path,
      `cannot be read (${code})`,
      'Name an export that this user can read.',
      cause,
    );
  }
  const close = () => file.close();
  try {
    if (!(await file.stat()).isFile())
      throw new ExportError(path, 'is not a regular file', 'Write the export to a file first.');
    return { path, file, head: await readExportHead(path, file), [Symbol.asyncDispose]: close };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * Reads an export and indexes its users.
 * @param valuesOf the text of the values of a user that are compared
 * @throws {ExportError} when a record is damaged, has no object ID, or repeats one
 */
export async function indexExport(
  { path, file, head }: OpenExport,
  valuesOf: (user: ExportedUser) => string,
  signal?: AbortSignal,
): Promise<IndexedExport> {
  const index = createUserIndex();
  const ids = createIdSet();
  let trailer: ExportedUser | undefined;
  for await (const users of readUsers(path, file, head, signal))
    for (const { user, ...position } of users) {
      if (Object.hasOwn(user, '@complete')) {
        trailer = user;
        continue;
      }
      const { id } = user;
      const words = typeof id === 'string' ? wordsOfId(id) : undefined;
      if (typeof id !== 'string' || words === undefined) {
        const hint = 'Compare exports of users with the property id.';
        throw new ExportError(
          path,
          `has a user without an object ID, at byte ${position.offset}`,
          hint,
        );
      }
      if (!index.add(words, position, valuesOf(user)))
        throw new ExportError(path, `has the user ${id} more than once`, 'Export the users again.');
      ids.add(id.toLowerCase());
    }
  return {
    index,
    ids,
    trailer,
    async readUser(entry) {
      const { offset, length } = index.positionOf(entry);
      const bytes = Buffer.allocUnsafe(length);
      const { bytesRead } = await file.read(bytes, 0, length, offset);
      const user = parseRecord(bytes.toString('utf8', 0, bytesRead), head);
      if (user === undefined) throw new ExportError(path, 'changed while it was read', changed);
      return user;
    },
  };
}
