import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from 'vitest';

import { checkFaultMap, lastRow, readTests, rowsNamed, writeRow } from './fault-map.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

const pageWith = (
  change: (row: number) => { shownBy?: readonly string[]; notYet?: string } | undefined,
) =>
  Array.from({ length: lastRow }, (_, index) => index + 1)
    .flatMap((row) => {
      const changed = change(row);
      return changed === undefined
        ? []
        : [writeRow({ row, behaviour: 'b', shownBy: [], notYet: '#5', ...changed })];
    })
    .join('\n');

describe('the map of faults', () => {
  it('agrees with the tests', () => {
    expect(checkFaultMap(readFileSync(`${root}/docs/faults.md`, 'utf8'), readTests(root))).toEqual(
      [],
    );
  });

  it('reports a row that is missing, and one that is listed twice', () => {
    expect(
      checkFaultMap(
        pageWith((row) => (row === 7 ? undefined : {})),
        new Map(),
      ),
    ).toEqual(['row 7 is missing']);
    expect(
      checkFaultMap(
        `${pageWith(() => ({}))}\n${writeRow({ row: 9, behaviour: '', shownBy: [], notYet: '' })}`,
        new Map(),
      ),
    ).toEqual(['row 9 is listed more than once']);
  });

  it('reports a row with neither a test nor an issue', () => {
    expect(
      checkFaultMap(
        pageWith((row) => (row === 7 ? { notYet: '' } : {})),
        new Map(),
      ),
    ).toHaveLength(1);
  });

  it('reports a test that does not name the row', () => {
    const page = pageWith((row) => (row === 7 ? { shownBy: ['core/a', 'core/b'] } : {}));
    const tests = new Map([
      ['core/a', new Set([7])],
      ['core/b', new Set([8])],
    ]);
    expect(checkFaultMap(page, tests)).toEqual(['row 7: no test in core/b names it']);
  });

  it('reports a test that names a row that does not exist', () => {
    expect(
      checkFaultMap(
        pageWith(() => ({})),
        new Map([['core/a', new Set([lastRow + 1])]]),
      ),
    ).toHaveLength(1);
  });

  it('reads rows from titles, not from comments', () => {
    const source =
      "// faults A1 row 1\nit('faults A1 rows 3 and 4: x', f);\nit.each([1])(`faults A2 row 18`, f);";
    expect([...rowsNamed(source)]).toEqual([3, 4, 18]);
  });
});
