import { QueryError } from '../errors/query-error.ts';
import { defaultProperties } from '../query/default-properties.ts';
import { separatedBy } from './separated.ts';
import type { Format } from './sink.ts';

/** The delimiters in use. Others could begin a formula, or be a part of a value that is not quoted. */
const delimiters: ReadonlySet<string> = new Set([',', ';', '|', '\t']);

function checkDelimiter(delimiter: string): void {
  if (delimiters.has(delimiter)) return;
  const hint = 'Use a comma, a semicolon, a vertical bar or a tab.';
  throw new QueryError([{ part: 'delimiter', message: 'is not a delimiter of CSV', hint }]);
}

export const csv: Format = {
  mediaType: 'text/csv',
  describe: 'comma-separated values with a header',
  defaultColumns: defaultProperties,
  createSink(options) {
    const { delimiter = ',' } = options;
    checkDelimiter(delimiter);
    const special = delimiter === '|' ? /[",;|\t\r\n]/ : /[",;\t\r\n]/;
    return separatedBy({ delimiter, end: '\r\n', special }, options);
  },
};
