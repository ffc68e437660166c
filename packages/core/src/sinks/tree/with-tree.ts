import type { User } from '@microsoft/microsoft-graph-types';

import type { Format, Sink, SinkOptions } from '../sink.ts';
import { type ChartRow, orgChart } from './org-chart.ts';

/** The lines that lead to a user: `│   └─ `. */
function branch(lasts: readonly boolean[]): string {
  return lasts
    .map((isLast, level) => {
      const isOwn = level === lasts.length - 1;
      if (isOwn) return isLast ? '└─ ' : '├─ ';
      return isLast ? '   ' : '│  ';
    })
    .join('');
}

/** A user with its place; in a table, the name is drawn below that of the manager. */
function placed(format: Format, { user, depth, path, lasts }: ChartRow<User>): User {
  if (format.isDrawn !== true) return { ...user, depth, path } as User;
  return { ...user, displayName: branch(lasts) + (user.displayName ?? '') };
}

function createTreeSink(format: Format, { tree, columns, ...options }: SinkOptions): Sink {
  const users: User[] = [];
  let cycles: readonly (readonly User[])[] = [];
  const sink = format.createSink({
    ...options,
    columns:
      format.isDrawn === true || columns === undefined ? columns : ['depth', ...columns, 'path'],
  });
  return {
    head: () => sink.head(),
    page(items) {
      users.push(...items);
      return [];
    },
    tail() {
      const chart = orgChart(users, tree?.root);
      ({ cycles } = chart);
      const rows = chart.rows.map((row) => placed(format, row));
      return [...sink.page(rows), sink.tail()].join('');
    },
    escapedCells: () => sink.escapedCells?.() ?? 0,
    managerCycles: () => cycles,
  };
}

/** Returns a format that writes the users as an organization chart when the option `tree` is set. */
export function withTree(format: Format): Format {
  return {
    ...format,
    createSink: (options) =>
      options.tree === undefined ? format.createSink(options) : createTreeSink(format, options),
  };
}
