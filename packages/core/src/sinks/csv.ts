import { defaultProperties } from '../query/default-properties.ts';
import { separatedBy } from './separated.ts';
import type { Format } from './sink.ts';

export const csv: Format = {
  mediaType: 'text/csv',
  describe: 'comma-separated values with a header',
  defaultColumns: defaultProperties,
  createSink: (options) =>
    separatedBy({ delimiter: ',', end: '\r\n', special: /[",;\t\r\n]/ }, options),
};
