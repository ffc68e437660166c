import type { FormatName, UserQuery } from '@rollcall/core';
import { columnsOf, type SinkOptions } from '@rollcall/core/command-line';

import type { ArgumentsOf } from '../arguments/command.ts';
import { UsageError } from '../arguments/usage-error.ts';
import type { shapeOptions } from '../options/output-options.ts';

/**
 * Returns the columns and the JMESPath query of the output. The columns of reshaped users are not known in advance.
 * @param read the properties that are requested: they are the default columns
 * @throws {QueryError} if a column, or the property of `--explode`, is not among the requested properties
 * @throws {UsageError} if `--delimiter` is used with another format than csv
 */
export function shapeFrom(
  args: ArgumentsOf<typeof shapeOptions>,
  format: FormatName,
  read: Pick<UserQuery, 'of' | 'inactive' | 'licenses' | 'select' | 'expand'>,
): Pick<SinkOptions, 'columns' | 'query' | 'explode' | 'delimiter' | 'raw' | 'bom' | 'header'> {
  const { columns, query, explode, delimiter } = args;
  if (delimiter !== undefined && format !== 'csv')
    throw new UsageError(
      '--delimiter can only be used with the format csv.',
      'Add -o csv, or omit --delimiter.',
    );
  // It would have no effect on a property that is not read.
  if (explode !== undefined) columnsOf('csv', read, [explode]);
  return {
    columns: query === undefined ? columnsOf(format, read, columns) : columns,
    query,
    ...(explode === undefined ? {} : { explode }),
    ...(delimiter === undefined ? {} : { delimiter }),
    raw: args['csv-raw'],
    ...(args['csv-bom'] && format === 'csv' ? { bom: true } : {}),
    ...(args['no-header'] ? { header: false } : {}),
  };
}
