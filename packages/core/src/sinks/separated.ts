import { stringify } from 'csv-stringify/sync';

import { defaultProperties } from '../query/default-properties.ts';
import { cellOf } from './cell.ts';
import type { Sink, SinkOptions } from './sink.ts';

/**
 * What spreadsheets take for the start of a formula, full-width forms included (OWASP ASVS 1.2.10). Names come from
 * whoever may edit a profile; a leading apostrophe makes them text.
 */
const formula = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/;

function guarded(cell: string): string {
  return formula.test(cell) ? `'${cell}` : cell;
}

/** Rows of cells after a header that is there even when no user is (RFC 4180 quoting). */
export function separatedBy(delimiter: string, { columns, raw }: SinkOptions): Sink {
  const names = columns ?? defaultProperties;
  const shown = raw === true ? (cell: string): string => cell : guarded;
  const rows = (cells: readonly (readonly string[])[]): string =>
    stringify(
      cells.map((row) => row.map(shown)),
      {
        delimiter,
        record_delimiter: delimiter === ',' ? 'windows' : 'unix',
        quoted_match: /[\r\n]/,
      },
    );
  return {
    head: () => rows([names]),
    page: (users) => rows(users.map((user) => names.map((name) => cellOf(user, name)))),
    tail: () => '',
  };
}
