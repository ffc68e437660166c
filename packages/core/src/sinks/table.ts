import stringWidth from 'string-width';

import { cellOf } from './cell.ts';
import type { Format } from './sink.ts';
import { fitted, padded, terminalText } from './terminal-text.ts';

const defaultColumns = ['displayName', 'userPrincipalName', 'id'] as const;
const gap = '  ';
const narrowest = 8;
/** Measuring a cell longer than any terminal is wasted, and nobody reads a table that wide. */
const longestCell = 500;

/** Takes columns off the widest until the row fits. */
function squeezed(widths: readonly number[], room: number): readonly number[] {
  const result = [...widths];
  let excess = result.reduce((sum, width) => sum + width, gap.length * (result.length - 1)) - room;
  while (excess > 0) {
    const widest = Math.max(...result);
    if (widest <= narrowest) break;
    result[result.indexOf(widest)] = widest - 1;
    excess -= 1;
  }
  return result;
}

function isWidths(saved: unknown, columns: number): saved is readonly number[] {
  return Array.isArray(saved) && saved.length === columns && saved.every(Number.isSafeInteger);
}

/** A cell as text, however long somebody made it. */
function shown(cell: string): string {
  return terminalText(cell.length > longestCell ? `${cell.slice(0, longestCell)}…` : cell);
}

/**
 * For people: widths come from the first page and stay, so that it streams like the others. Cells are cut to fit a
 * terminal; where there is none somebody keeps what is written, and a later cell that is wider than its column sticks out.
 */
export const table: Format = {
  mediaType: 'text/plain',
  describe: 'columns for a terminal',
  defaultColumns,
  createSink({ columns = defaultColumns, width, saved }) {
    let widths = isWidths(saved, columns.length) ? saved : undefined;
    const fit = width === undefined ? padded : fitted;
    const line = (cells: readonly string[]): string =>
      `${cells
        .map((cell, at) => fit(cell, widths?.[at] ?? narrowest))
        .join(gap)
        .trimEnd()}\n`;
    const header = (rows: readonly (readonly string[])[]): string => {
      if (widths !== undefined) return '';
      const names = columns.map(terminalText);
      widths = squeezed(
        names.map((name, at) =>
          Math.max(stringWidth(name), ...rows.map((row) => stringWidth(row[at] ?? ''))),
        ),
        width ?? Infinity,
      );
      return line(names) + line(widths.map((wide) => '-'.repeat(wide)));
    };
    return {
      head: () => '',
      page(users) {
        const rows = users.map((user) => columns.map((column) => shown(cellOf(user, column))));
        return rows.length === 0 ? [] : [header(rows), ...rows.map(line)];
      },
      tail: () => header([]),
      save: () => widths ?? null,
    };
  },
};
