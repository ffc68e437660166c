import { defaultProperties } from '../query/default-properties.ts';
import { cellOf } from './cell.ts';
import type { Sink, SinkOptions } from './sink.ts';

/**
 * The characters that begin a formula in spreadsheets, full-width forms included (OWASP ASVS 1.2.10), after characters
 * that a spreadsheet removes or takes for the end of a cell. Users can edit their own names; a leading apostrophe makes
 * a cell text.
 */
const formula = /^(?:[\s\p{Cf}\p{Zs}"';,|]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|[\p{Cc}])/u;

/** A telephone number in international form: digits and their usual separators, which are not a formula. */
const telephone = /^\+\d[\d ()./-]{2,38}$/;

/** Returns whether a spreadsheet could run a cell as a formula. */
export function isFormula(cell: string): boolean {
  return formula.test(cell) && !telephone.test(cell);
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
  { columns, raw = false, bom = false, header = true, saved }: SinkOptions,
): Sink {
  const names = columns ?? defaultProperties;
  const { escaped: earlier } = (saved ?? {}) as { readonly escaped?: unknown };
  let escaped = typeof earlier === 'number' ? earlier : 0;
  const shown = (cell: string): string => {
    if (raw || !isFormula(cell)) return cell;
    escaped += 1;
    return `'${cell}`;
  };
  const row = (cells: readonly string[]): string =>
    cells.map((cell) => quoted(shown(cell), special)).join(delimiter) + end;
  return {
    head: () => (bom ? '\uFEFF' : '') + (header ? row(names) : ''),
    page: (users) => users.map((user) => row(names.map((name) => cellOf(user, name)))),
    tail: () => '',
    escapedCells: () => escaped,
    save: () => ({ escaped }),
  };
}
