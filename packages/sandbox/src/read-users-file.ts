import { readFile } from 'node:fs/promises';

import { parse } from 'csv-parse/sync';

import { readGivenUsers } from './directory/given-users.ts';
import { isCollection, knownProperties, typeOfProperty } from './directory/property-types.ts';
import type { UserValues } from './directory/user-values.ts';
import { codeOf, StartError } from './start-error.ts';

const spellings = new Map(knownProperties.map((name) => [name.toLowerCase(), name]));

/** A cell that an export protected from spreadsheets with an apostrophe. */
const protectedCell = /^'(?=[\s\p{Cf}"';,|]*[=+\-@])/u;

/** Reads one cell; empty cells are absent values. */
function valueOf(name: string, cell: string): unknown {
  const text = cell.replace(protectedCell, '');
  if (text === '') return undefined;
  if (/^[[{]/u.test(text)) return JSON.parse(text) as unknown;
  if (isCollection(name)) return text.split(/;\s*/u);
  if (typeOfProperty(name) === 'Edm.Boolean' && /^(?:true|false)$/iu.test(text))
    return text.toLowerCase() === 'true';
  return text;
}

/** A row as a user: `signInActivity.lastSignInDateTime` is a member; the manager is that of the seed. */
function userOf(row: Readonly<Record<string, string>>): Record<string, unknown> {
  const user: Record<string, unknown> = {};
  for (const [column, cell] of Object.entries(row)) {
    const [first = '', member] = column.split(/[./]/u);
    const name = spellings.get(first.toLowerCase()) ?? first;
    if (name.toLowerCase() === 'manager') continue;
    const value = valueOf(name, cell);
    if (value === undefined) continue;
    user[name] =
      member === undefined ? value : { ...(user[name] as object | undefined), [member]: value };
  }
  return user;
}

function fromCsv(text: string, delimiter: string): readonly unknown[] {
  const rows = parse(text, {
    bom: true,
    columns: true,
    delimiter,
    skip_empty_lines: true,
  }) as unknown as readonly Record<string, string>[];
  return rows.map(userOf);
}

/** A JSON array, a response of Graph with `value`, or one object per line. */
function fromJson(text: string): readonly unknown[] {
  if (text.startsWith('[')) return JSON.parse(text) as readonly unknown[];
  const lines = text.split(/\r?\n/u).filter((line) => line.trim() !== '');
  try {
    const objects = lines.map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
    // The gateway ends a list with a line about its completeness.
    const users = objects.filter((object) => !Object.hasOwn(object, '@complete'));
    const [only] = users;
    return users.length === 1 && Array.isArray(only?.['value']) ? only['value'] : users;
  } catch {
    const { value } = JSON.parse(text) as { readonly value?: readonly unknown[] };
    return value ?? [JSON.parse(text)];
  }
}

/**
 * Reads the users of a CSV, TSV, JSON or NDJSON file, such as an export of rollcall.
 * @throws {StartError} when the file cannot be read; TypeError for invalid users, with their rows
 */
export async function readUsersFile(path: string): Promise<readonly UserValues[]> {
  let text: string;
  try {
    text = (await readFile(path, 'utf8')).replace(/^\uFEFF/u, '');
  } catch (error) {
    throw new StartError(
      `Cannot read ${path}: ${codeOf(error) ?? String(error)}.`,
      'Name a CSV, TSV, JSON or NDJSON file with --users-from.',
      error,
    );
  }
  const isJson = /^\s*[[{]/u.test(text);
  try {
    const users = isJson
      ? fromJson(text.trim())
      : fromCsv(text, path.toLowerCase().endsWith('.tsv') ? '\t' : ',');
    // The first row of a CSV file is the header.
    return readGivenUsers(users, (index) => (isJson ? `user ${index + 1}` : `row ${index + 2}`));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartError(
      `Cannot use the users of ${path}: ${reason}`,
      'Columns and members have the names of the properties of a user in Microsoft Graph.',
      error,
    );
  }
}
