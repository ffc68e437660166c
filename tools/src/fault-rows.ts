import { globSync, readFileSync } from 'node:fs';

/** From the first row to the last. */
type Rows = readonly [number, number];

/**
 * The rows of our catalogue of faults that must each have a test naming it: `faults A1 row 7: …`. Sections that are not
 * here yet are not built yet.
 */
export const requiredRows: Readonly<Record<string, readonly Rows[]>> = {
  /** Throttling and status codes. */
  A1: [[1, 13]],
  /** Transport. */
  A2: [[14, 21]],
  /** Bodies. */
  A3: [[22, 28]],
  /** Links and redirects. */
  A4: [[29, 42]],
  /** Data; from 68 on it is the mirror's. */
  A6: [[61, 67]],
  /** Output, signals, disk. */
  A8: [[83, 90]],
  /** Injection; 91 is about SQL and the mirror's. */
  A9: [[92, 93]],
};

const named = /faults (A\d+) rows? (\d+(?:(?:, | and |, and )\d+)*)/g;

/** Rows that tests name, as `A1 7`. */
export function namedRows(source: string): readonly string[] {
  return [...source.matchAll(named)].flatMap(([, section = '', rows = '']) =>
    (rows.match(/\d+/g) ?? []).map((row) => `${section} ${row}`),
  );
}

/** Required rows that no test names. */
export function missingRows(found: ReadonlySet<string>): readonly string[] {
  return Object.entries(requiredRows).flatMap(([section, ranges]) =>
    ranges
      .flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, at) => first + at))
      .map((row) => `${section} ${row}`)
      .filter((row) => !found.has(row)),
  );
}

/** Everything that the tests below `root` name. */
export function rowsOfTests(root: string): ReadonlySet<string> {
  return new Set(
    globSync(`${root}/packages/*/src/**/*.test.ts`).flatMap((file) =>
      namedRows(readFileSync(file, 'utf8')),
    ),
  );
}
