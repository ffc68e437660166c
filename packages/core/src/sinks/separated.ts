import { defaultProperties } from '../query/default-properties.ts';
import { cellOf } from './cell.ts';
import type { Sink, SinkOptions } from './sink.ts';

/**
 * The characters that begin a formula in spreadsheets, full-width forms included (OWASP ASVS 1.2.10). Users can edit
 * their own names; a leading apostrophe makes a cell text.
 */
const formula = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/;

function guarded(cell: string): string {
  return formula.test(cell) ? `'${cell}` : cell;
}

/** Quoted where it has to be (RFC 4180 section 2, rules 5 to 7). */
function quoted(cell: string, special: RegExp): string {
  return special.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

export interface Separation {
  readonly delimiter: string;
  /** What ends a row. */
  readonly end: string;
  /** What a cell has to be quoted for. */
  readonly special: RegExp;
}

/** Rows of cells after a header that is there even when no user is. */
export function separatedBy(
  { delimiter, end, special }: Separation,
  { columns, raw }: SinkOptions,
): Sink {
  const names = columns ?? defaultProperties;
  const shown = raw === true ? (cell: string): string => cell : guarded;
  const row = (cells: readonly string[]): string =>
    cells.map((cell) => quoted(shown(cell), special)).join(delimiter) + end;
  return {
    head: () => row(names),
    page: (users) => users.map((user) => row(names.map((name) => cellOf(user, name)))),
    tail: () => '',
  };
}
