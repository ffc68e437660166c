import { expect, it } from 'vitest';

import { formatChoice } from './format-choice.ts';

const terminal = { outIsTerminal: true };
const pipe = { outIsTerminal: false };

it.each([
  'all.xlsx',
  'u.parquet',
  'foo',
  'users.txt',
  'users.json.gz',
  '.csv',
  'constructor.toString',
])('an extension that is not a format is refused unless --output is given: %s', (out) => {
  expect(() => formatChoice({ output: undefined, out }, terminal)).toThrow(
    expect.objectContaining({ code: 'E_USAGE', hint: expect.stringContaining('-o FORMAT') }),
  );
  expect(formatChoice({ output: 'csv', out }, terminal)).toBe('csv');
});

it.each([
  ['users.csv', 'csv'],
  ['USERS.CSV', 'csv'],
  ['users.ndjson', 'ndjson'],
  ['users.jsonl', 'ndjson'],
  ['a.b/users.json', 'json'],
])('the extension determines the format of %s: %s', (out, format) => {
  expect(formatChoice({ output: undefined, out }, terminal)).toBe(format);
});

it('stdout has a table on a terminal, and JSON otherwise', () => {
  expect(formatChoice({ output: undefined }, terminal)).toBe('table');
  expect(formatChoice({ output: undefined }, pipe)).toBe('json');
});
