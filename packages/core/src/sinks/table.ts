import stringWidth from 'string-width';

import { cellOf } from './cell.ts';
import type { Format } from './sink.ts';
import { fitted, terminalText } from './terminal-text.ts';

const defaultColumns = ['displayName', 'userPrincipalName', 'id'] as const;
const gap = '  ';
const narrowest = 8;
const defaultWidth = 120;
/** Measuring a cell longer than any terminal is wasted. */
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

/** For people at a terminal: widths come from the first page and stay, so that it streams like the others. */
export const table: Format = {
  mediaType: 'text/plain',
  describe: 'columns for a terminal',
  defaultColumns,
  createSink({ columns = defaultColumns, width = defaultWidth, saved }) {
    let widths = isWidths(saved, columns.length) ? saved : undefined;
    const line = (cells: readonly string[]): string =>
      `${cells
        .map((cell, at) => fitted(cell, widths?.[at] ?? narrowest))
        .join(gap)
        .trimEnd()}\n`;
    const header = (rows: readonly (readonly string[])[]): string => {
      if (widths !== undefined) return '';
      const names = columns.map(terminalText);
      widths = squeezed(
        names.map((name, at) =>
          Math.max(stringWidth(name), ...rows.map((row) => stringWidth(row[at] ?? ''))),
        ),
        width,
      );
      return line(names) + line(widths.map((wide) => '-'.repeat(wide)));
    };
    return {
      head: () => '',
      page(users) {
        const rows = users.map((user) =>
          columns.map((column) => terminalText(cellOf(user, column).slice(0, longestCell))),
        );
        return rows.length === 0 ? [] : [header(rows), ...rows.map(line)];
      },
      tail: () => header([]),
      save: () => widths ?? null,
    };
  },
};
