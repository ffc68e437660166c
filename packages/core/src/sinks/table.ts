import stringWidth from 'string-width';

import { cellOf } from './cell.ts';
import type { Format } from './sink.ts';
import { safeText } from '../safe-text.ts';
import { fitted, padded } from './display-width.ts';

const defaultColumns = ['displayName', 'userPrincipalName', 'id'] as const;
const gap = '  ';
const narrowest = 8;
/** The maximum width of a cell: wider cells do not fit on any terminal, and measuring them costs time. */
const longestCell = 500;

/** Users copy these from a table, so that other columns are cut first, and the ID last. */
const copied: ReadonlySet<string> = new Set(['userPrincipalName', 'mail']);

/** Which columns are cut, and to which width, in this order until the row fits. */
const cuts: readonly (readonly [which: (column: string) => boolean, least: number])[] = [
  [(column) => column !== 'id' && !copied.has(column), 16],
  [(column) => copied.has(column), 16],
  [(column) => column !== 'id', narrowest],
  [() => true, narrowest],
];

/** Takes characters off the widest of the columns that may be cut, until the row fits. */
function squeezed(
  columns: readonly string[],
  widths: readonly number[],
  room: number,
): readonly number[] {
  const result = [...widths];
  let excess = result.reduce((sum, width) => sum + width, gap.length * (result.length - 1)) - room;
  for (const [which, least] of cuts)
    while (excess > 0) {
      const widest = Math.max(...result.filter((_, at) => which(columns[at] ?? '')));
      if (widest <= least) break;
      result[result.findIndex((width, at) => width === widest && which(columns[at] ?? ''))] =
        widest - 1;
      excess -= 1;
    }
  return result;
}

function isWidths(saved: unknown, columns: number): saved is readonly number[] {
  return Array.isArray(saved) && saved.length === columns && saved.every(Number.isSafeInteger);
}

/** Returns a cell as text, cut to a length that can be measured. */
function shown(cell: string): string {
  return safeText(cell.length > longestCell ? `${cell.slice(0, longestCell)}…` : cell);
}

/**
 * Creates the sink for tables. The widths of the columns come from the first page, so that the output is streamed. On a
 * terminal, cells are cut to fit; in a file, nothing is cut, and a later cell that is wider than its column moves the
 * next ones.
 */
export const table: Format = {
  mediaType: 'text/plain',
  describe: 'columns for a terminal',
  defaultColumns,
  isDrawn: true,
  createSink({ columns = defaultColumns, header: hasHeader = true, width, saved }) {
    let widths = isWidths(saved, columns.length) ? saved : undefined;
    const fit = width === undefined ? padded : fitted;
    // On a terminal, a long list takes the place of the other columns.
    const mostElements = width === undefined ? Infinity : 2;
    const line = (cells: readonly string[]): string =>
      `${cells
        .map((cell, at) => fit(cell, widths?.[at] ?? narrowest))
        .join(gap)
        .trimEnd()}\n`;
    const header = (rows: readonly (readonly string[])[]): string => {
      if (widths !== undefined) return '';
      const names = columns.map(safeText);
      widths = squeezed(
        columns,
        names.map((name, at) =>
          Math.max(stringWidth(name), ...rows.map((row) => stringWidth(row[at] ?? ''))),
        ),
        width ?? Infinity,
      );
      return hasHeader ? line(names) + line(widths.map((wide) => '-'.repeat(wide))) : '';
    };
    return {
      head: () => '',
      page(users) {
        const rows = users.map((user) =>
          columns.map((column) => shown(cellOf(user, column, mostElements))),
        );
        return rows.length === 0 ? [] : [header(rows), ...rows.map(line)];
      },
      tail: () => header([]),
      save: () => widths ?? null,
    };
  },
};
