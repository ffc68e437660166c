import { globSync, readFileSync } from 'node:fs';

/** One row of docs/faults.md. */
export interface FaultRow {
  readonly row: number;
  readonly behaviour: string;
  /** Test files by package and path: `core/paging/chain`. */
  readonly shownBy: readonly string[];
  /** What no test proves yet, and the issue that will. */
  readonly notYet: string;
}

/** The number of the last row in the list of faults. */
export const lastRow = 120;

const line = /^\| (?<row>\d+) \| (?<behaviour>[^|]*?) *\|(?<shownBy>[^|]*)\|(?<notYet>[^|]*)\|$/u;

export function readRow(text: string): FaultRow | undefined {
  const groups = line.exec(text)?.groups;
  if (groups === undefined) return undefined;
  return {
    row: Number(groups['row']),
    behaviour: groups['behaviour'] ?? '',
    shownBy: [...(groups['shownBy'] ?? '').matchAll(/`([^`]+)`/gu)].map(([, file = '']) => file),
    notYet: (groups['notYet'] ?? '').trim(),
  };
}

export function writeRow({ row, behaviour, shownBy, notYet }: FaultRow): string {
  return `| ${row} | ${behaviour} | ${shownBy.map((file) => `\`${file}\``).join(' ')} | ${notYet} |`;
}

/** Returns the rows that the titles of tests in one file name. Comments are not read: they prove nothing. */
export function rowsNamed(source: string): ReadonlySet<number> {
  const names = source.matchAll(/(?<quote>['"`])(?<name>(?:\\.|(?!\k<quote>)[^\\\n])*)\k<quote>/gu);
  const found = new Set<number>();
  for (const { groups } of names)
    for (const [, numbers = ''] of (groups?.['name'] ?? '').matchAll(
      /\brows? (\d+(?:(?:, | and )\d+)*)/gu,
    ))
      for (const number of numbers.split(/, | and /u)) found.add(Number(number));
  return found;
}

/**
 * Reads the test files of all packages.
 * @param root the folder of the repository
 * @returns the rows that each test file names, by package and path
 */
export function readTests(root: string): ReadonlyMap<string, ReadonlySet<number>> {
  const files = globSync('packages/*/src/**/*.test.ts', { cwd: root }).toSorted();
  return new Map(
    files.map((file) => [
      file.replace(/^packages\/(?<name>[^/]+)\/src\//u, '$<name>/').replace(/\.test\.ts$/u, ''),
      rowsNamed(readFileSync(`${root}/${file}`, 'utf8')),
    ]),
  );
}

/** Compares the page with the tests. Returns one sentence per difference. */
export function checkFaultMap(
  page: string,
  tests: ReadonlyMap<string, ReadonlySet<number>>,
): string[] {
  const rows = page.split('\n').flatMap((text) => readRow(text) ?? []);
  const problems: string[] = [];
  for (let row = 1; row <= lastRow; row += 1) {
    const [first, ...more] = rows.filter((each) => each.row === row);
    if (first === undefined) problems.push(`row ${row} is missing`);
    else if (more.length > 0) problems.push(`row ${row} is listed more than once`);
    else if (first.shownBy.length === 0 && first.notYet === '')
      problems.push(`row ${row} has neither a test nor an issue`);
  }
  for (const { row, shownBy } of rows)
    for (const file of shownBy)
      if (tests.get(file)?.has(row) !== true)
        problems.push(`row ${row}: no test in ${file} names it`);
  for (const [file, named] of tests)
    for (const row of named)
      if (row < 1 || row > lastRow) problems.push(`${file} names row ${row}, which does not exist`);
  return problems;
}
