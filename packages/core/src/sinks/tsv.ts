import { defaultProperties } from '../query/default-properties.ts';
import { separatedBy } from './separated.ts';
import type { Format } from './sink.ts';

export const tsv: Format = {
  mediaType: 'text/tab-separated-values',
  describe: 'tab-separated values with a header',
  defaultColumns: defaultProperties,
  createSink: (options) =>
    // Programs read it, and paste it as it is: no cell is changed.
    separatedBy({ delimiter: '\t', end: '\n', special: /["\t\r\n]/ }, { ...options, raw: true }),
};
