import { fileURLToPath } from 'node:url';

import { expect, it } from 'vitest';

import { missingRows, namedRows, rowsOfTests } from './fault-rows.ts';

it('every required row of the faults has a test that names it', () => {
  expect(missingRows(rowsOfTests(fileURLToPath(new URL('../..', import.meta.url))))).toEqual([]);
});

it('reads the rows of a name, and notices one that is gone', () => {
  const found = namedRows("it('faults A1 rows 3 and 4: …'); it.each([])('faults A4 row 33: %j')");
  expect(found).toEqual(['A1 3', 'A1 4', 'A4 33']);
  const missing = missingRows(new Set(found));
  expect(missing).toContain('A1 5');
  expect(missing).not.toContain('A1 4');
});
