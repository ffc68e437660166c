import type { SinkOptions } from '@rollcall/core';

import type { ArgumentsOf } from '../command.ts';
import type { shapeOptions } from '../options/output-options.ts';
import type { selectOptions } from '../options/query-options.ts';

/** @returns how users look, as the flags say; what was selected are the columns, unless it is reshaped or others are named */
export function shapeFrom(
  args: ArgumentsOf<typeof shapeOptions & typeof selectOptions>,
): Pick<SinkOptions, 'columns' | 'query' | 'raw'> {
  const { columns, query, select } = args;
  return {
    columns: columns ?? (query === undefined ? select : undefined),
    query,
    raw: args['csv-raw'],
  };
}
