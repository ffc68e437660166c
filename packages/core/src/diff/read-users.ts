import type { FileHandle } from 'node:fs/promises';

import { ExportError } from '../errors/export-error.ts';
import { isFormula } from '../sinks/separated.ts';
import type { ExportHead } from './export-head.ts';
import { splitCells } from './split-cells.ts';
import type { RecordPosition } from './user-index.ts';

/** A user of an export: an object of Graph, or the cells of a row by their columns. */
export type ExportedUser = Readonly<Record<string, unknown>>;

export interface ReadUser extends RecordPosition {
  readonly user: ExportedUser;
}

const chunkBytes = 1024 * 1024;
/** The largest record: a user of Graph has some kilobytes. */
const mostRecordBytes = 16 * chunkBytes;

const restore = 'Export the users again.';

/** Removes the apostrophe that the csv format adds to cells that a spreadsheet would run as formulas. */
function withoutEscape(cell: string): string {
  return cell.startsWith("'") && isFormula(cell.slice(1)) ? cell.slice(1) : cell;
}

/**
 * Parses one record.
 * @returns undefined when it is not a record of the format
 */
export function parseRecord(
  text: string,
  { format, separated }: ExportHead,
): ExportedUser | undefined {
  if (separated !== undefined) {
    const { columns, delimiter } = separated;
    const cells = splitCells(text, delimiter);
    if (cells?.length !== columns.length) return undefined;
    const shown = format === 'csv' ? cells.map(withoutEscape) : cells;
    return Object.fromEntries(columns.map((column, at) => [column, shown[at]]));
  }
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as ExportedUser) : undefined;
  } catch {
    return undefined;
  }
}

/** Returns what is wrong with the rest of a file in which no further record ends; undefined when nothing is. */
function endProblem(format: ExportHead['format'], isClosed: boolean): string | undefined {
  return format === 'json' && !isClosed ? 'is cut off: its array is not closed' : undefined;
}

/**
 * Reads the users of an export from its start to its end, a chunk of the file at a time.
 * @throws {ExportError} when a record is invalid, or the file is cut off
 */
export async function* readUsers(
  path: string,
  file: FileHandle,
  head: ExportHead,
  signal?: AbortSignal,
): AsyncGenerator<readonly ReadUser[], void, undefined> {
  // One buffer for the whole file: what is left of it moves to its start before the next chunk is read.
  let buffer = Buffer.allocUnsafe(2 * chunkBytes);
  let length = 0;
  /** The position of the buffer in the file. */
  let base = head.start;
  let records = 0;
  let isClosed = false;
  for (let isLast = false; !isLast && !isClosed;) {
    signal?.throwIfAborted();
    if (length > mostRecordBytes)
      throw new ExportError(path, `is damaged: record ${records + 1} does not end`, restore);
    if (buffer.length - length < chunkBytes)
      buffer = Buffer.concat([buffer.subarray(0, length)], buffer.length * 2);
    const { bytesRead } = await file.read(buffer, length, chunkBytes, base + length);
    isLast = bytesRead === 0;
    // A last row or line without a line break is a record too.
    length += isLast && head.format !== 'json' ? buffer.write('\n', length) : bytesRead;
    const bytes = buffer.subarray(0, length);
    const users: ReadUser[] = [];
    let at = 0;
    for (;;) {
      const found = head.findRecord(bytes, at);
      isClosed = found === 'end';
      if (typeof found === 'string') break;
      at = found.end;
      const text = bytes.toString('utf8', found.start, found.end);
      if (head.separated !== undefined && text.trim() === '') continue;
      records += 1;
      const user = parseRecord(text, head);
      if (user === undefined)
        throw new ExportError(
          path,
          `is damaged: record ${records} is not valid ${head.format}`,
          restore,
        );
      users.push({ user, offset: base + found.start, length: found.end - found.start });
    }
    yield users;
    buffer.copyWithin(0, at, length);
    length -= at;
    base += at;
  }
  const problem = endProblem(head.format, isClosed);
  const isBlank = buffer.toString('utf8', 0, length).trim() === '';
  if (problem !== undefined || (!isClosed && !isBlank))
    throw new ExportError(path, problem ?? `is cut off after record ${records}`, restore);
}
