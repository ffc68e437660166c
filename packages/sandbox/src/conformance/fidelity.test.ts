import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { unsettledChoices } from '../graph/unsettled.ts';

const sources = join(import.meta.dirname, '..');
const page = readFileSync(join(sources, '../../../docs/fidelity.md'), 'utf8');

interface Row {
  readonly rule: string;
  readonly witnesses: readonly string[];
}

function readRows(text: string): readonly Row[] {
  return text
    .split('\n')
    .filter((line) => line.startsWith('|') && !/^\|\s*(?:rule\b|-)/.test(line))
    .map((line) => {
      const cells = line.split(/(?<!\\)\|/).map((cell) => cell.trim());
      return {
        rule: cells[1] ?? '',
        witnesses: [...(cells.at(-2) ?? '').matchAll(/`([^`]+)`/g)].map((match) => match[1]!),
      };
    });
}

const tests = globSync('**/*.test.ts', { cwd: sources })
  .map((file) => readFileSync(join(sources, file), 'utf8'))
  .join('\n');

/** A title is a quoted string that a function follows: it is given to `test`, not just mentioned. */
function isTestTitle(title: string): boolean {
  return ["'", '"', '`'].some((quote) => {
    const start = tests.indexOf(`${quote}${title}${quote},`);
    const named = start !== -1 && !tests.slice(0, start).endsWith('describe(');
    return named && /^,\s*(?:async )?\(/.test(tests.slice(start + title.length + 2));
  });
}

/** Rows without a witness, or with a witness that is not the title of a test. */
function unwitnessed(rows: readonly Row[]): readonly string[] {
  return rows
    .filter(({ witnesses }) => witnesses.length === 0 || !witnesses.every(isTestTitle))
    .map(({ rule }) => rule);
}

describe('docs/fidelity.md', () => {
  test('has a test for every row', () => {
    const rows = readRows(page);
    expect(rows.length).toBeGreaterThan(70);
    expect(unwitnessed(rows)).toEqual([]);
  });

  test('detects a row whose test is missing or only mentioned', () => {
    const rows = readRows(
      [
        '| Cited | doc | | `has a test for every row` |',
        '| Uncited | doc | | |',
        '| Renamed | doc | | `has no test for every row` |',
        '| Mentioned | doc | | `docs/fidelity.md` |',
      ].join('\n'),
    );
    expect(unwitnessed(rows)).toEqual(['Uncited', 'Renamed', 'Mentioned']);
  });

  test('names every switch with all its choices', () => {
    const described = Object.entries(unsettledChoices).map(
      ([name, choices]) => `\`${name}\`: ${choices.map((choice) => `\`${choice}\``).join(', ')}`,
    );
    expect(described.filter((text) => !page.includes(text))).toEqual([]);
  });
});
