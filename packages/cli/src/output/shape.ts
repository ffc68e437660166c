import type { FormatName, UserQuery } from '@rollcall/core';
import { columnsOf, type SinkOptions } from '@rollcall/core/command-line';

import type { ArgumentsOf } from '../arguments/command.ts';
import type { shapeOptions } from '../options/output-options.ts';

/**
 * Returns the columns and the JMESPath query of the output. The columns of reshaped users are not known in advance.
 * @param read the properties that are requested: they are the default columns
 * @throws {QueryError} if a column is not among the requested properties
 */
export function shapeFrom(
  args: ArgumentsOf<typeof shapeOptions>,
  format: FormatName,
  read: Pick<UserQuery, 'of' | 'inactive' | 'select' | 'expand'>,
): Pick<SinkOptions, 'columns' | 'query' | 'raw' | 'bom' | 'header'> {
  const { columns, query } = args;
  return {
    columns: query === undefined ? columnsOf(format, read, columns) : columns,
    query,
    raw: args['csv-raw'],
    ...(args['csv-bom'] && format === 'csv' ? { bom: true } : {}),
    ...(args['no-header'] ? { header: false } : {}),
  };
}
