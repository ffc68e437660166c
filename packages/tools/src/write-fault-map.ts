import { readFileSync, writeFileSync } from 'node:fs';

import { readRow, readTests, writeRow } from './fault-map.ts';

const page = 'docs/faults.md';
const tests = readTests('.');
const lines = readFileSync(page, 'utf8').split('\n');
writeFileSync(
  page,
  lines
    .map((text) => {
      const row = readRow(text);
      if (row === undefined) return text;
      const shownBy = [...tests].filter(([, named]) => named.has(row.row)).map(([file]) => file);
      // The number of an issue alone means that no test proves the row, which is no longer true.
      const notYet = shownBy.length > 0 && /^#\d+$/u.test(row.notYet) ? '' : row.notYet;
      return writeRow({ ...row, shownBy, notYet });
    })
    .join('\n'),
);
