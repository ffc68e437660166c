import type { FileHandle } from 'node:fs/promises';

import { ExportError } from '../errors/export-error.ts';
import { findLine, findObject, type FindRecord, findRow } from './find-record.ts';
import { splitCells } from './split-cells.ts';

/** The start of an export: its format, and the properties that it has. */
export interface ExportHead {
  readonly format: 'json' | 'ndjson' | 'csv' | 'tsv';
  readonly findRecord: FindRecord;
  /** The position of the first record, in bytes. */
  readonly start: number;
  /** The names of the properties; of JSON formats, those of the users in the first megabyte. */
  readonly properties: ReadonlySet<string>;
  /** For csv and tsv. */
  readonly separated?: { readonly delimiter: string; readonly columns: readonly string[] };
}

const headBytes = 1024 * 1024;
const byteOrderMark = Buffer.from('\uFEFF');

/** Excel writes a semicolon where the comma is the decimal separator. */
const delimiter = /[,;|\t]/u;

function unreadable(path: string, reason: string, cause?: unknown): ExportError {
  const hint =
    'Compare files that users list wrote: json, ndjson, csv or tsv, with the property id.';
  return new ExportError(path, reason, hint, cause);
}

function namesOf(bytes: Buffer, start: number, findRecord: FindRecord): ReadonlySet<string> {
  const names = new Set<string>();
  for (let at = start; ;) {
    const found = findRecord(bytes, at);
    if (typeof found === 'string') return names;
    at = found.end;
    try {
      const user: unknown = JSON.parse(bytes.toString('utf8', found.start, found.end));
      for (const name of Object.keys(user ?? {})) if (!name.startsWith('@')) names.add(name);
    } catch {
      // Reported with its position when the record is read.
    }
  }
}

function separatedHead(path: string, bytes: Buffer, start: number): ExportHead {
  const found = findRow(bytes, start);
  if (found === 'incomplete') throw unreadable(path, 'has no header');
  const row = bytes.toString('utf8', found.start, found.end);
  const [first = ','] = delimiter.exec(row) ?? [];
  const columns = splitCells(row, first);
  if (columns === undefined) throw unreadable(path, 'has an invalid header');
  if (!columns.includes('id'))
    throw unreadable(path, 'has no column id, by which users are compared');
  return {
    format: first === '\t' ? 'tsv' : 'csv',
    findRecord: findRow,
    start: found.end,
    properties: new Set(columns),
    separated: { delimiter: first, columns },
  };
}

/**
 * Reads the format of an export from its content, and the names of its properties.
 * @throws {ExportError} when it has no format of an export, or no property `id`
 */
export async function readExportHead(path: string, file: FileHandle): Promise<ExportHead> {
  const buffer = Buffer.alloc(headBytes);
  const { bytesRead } = await file.read(buffer, 0, headBytes, 0);
  const bytes = buffer.subarray(0, bytesRead);
  const start = bytes.subarray(0, 3).equals(byteOrderMark) ? 3 : 0;
  const first = bytes.toString('utf8', start).trimStart()[0];
  if (first === undefined) throw unreadable(path, 'is empty');
  if (first !== '[' && first !== '{') return separatedHead(path, bytes, start);
  const format = first === '[' ? 'json' : 'ndjson';
  const findRecord = format === 'json' ? findObject : findLine;
  const properties = namesOf(bytes, start, findRecord);
  if (properties.size > 0 && !properties.has('id'))
    throw unreadable(path, 'has no property id, by which users are compared');
  return { format, findRecord, start, properties };
}
