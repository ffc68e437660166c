import type { FormatName, SinkOptions, UserQuery } from '@rollcall/core';

import type { ArgumentsOf } from '../command.ts';
import type { Core } from '../context.ts';
import type { shapeOptions } from '../options/output-options.ts';

/**
 * @param read what is asked of the service: without columns that somebody named they follow from it
 * @returns how users look, as the flags say; of users that are reshaped the columns are not known yet
 * @throws {QueryError} when a column was named that is not read
 */
export function shapeFrom(
  args: ArgumentsOf<typeof shapeOptions>,
  format: FormatName,
  read: Pick<UserQuery, 'select' | 'expand'>,
  { columnsOf }: Pick<Core, 'columnsOf'>,
): Pick<SinkOptions, 'columns' | 'query' | 'raw'> {
  const { columns, query } = args;
  return {
    columns: query === undefined ? columnsOf(format, read, columns) : columns,
    query,
    raw: args['csv-raw'],
  };
}
