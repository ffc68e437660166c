import { assert, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';

import { readParameters } from './parameters.ts';

const known = ['$top', '$filter'];

describe('readParameters', () => {
  it('reads names with and without dollar, values with + and %', () => {
    const { values, problems } = readParameters('/users?top=5&$filter=a+eq%20%27b%2Bc%27', known);
    expect([...values]).toEqual([
      ['$top', '5'],
      ['$filter', "a eq 'b+c'"],
    ]);
    expect(problems).toEqual([]);
  });

  it.each([
    ['an unknown one', '/u?$skip=1', '$skip'],
    ['a repeated one', '/u?$top=1&$top=2', '$top'],
    ['one repeated without its dollar', '/u?$top=1&top=2', '$top'],
    ['one repeated in another case', '/u?$top=1&$Top=2', '$top'],
    ['a prototype key', '/u?x[__proto__]=1', 'x[__proto__]'],
    ['__proto__ itself', '/u?__proto__=1', '__proto__'],
    ['half a percent', '/u?$filter=%', '$filter'],
    ['percent of no UTF-8', '/u?$filter=%ff', '$filter'],
    ['a thousand', `/u?${'a=1&'.repeat(1_000)}`, 'a'],
  ])('names the parameter that it rejects: %s', (_what, url, name) => {
    expect(readParameters(url, known).problems.map((problem) => problem.name)).toEqual([name]);
  });

  it('reports at most ten problems', () => {
    const url = `/u?${Array.from({ length: 1_000 }, (_, at) => `a${at}=1`).join('&')}`;
    expect(readParameters(url, known).problems).toHaveLength(10);
  });

  it('repeats nothing dangerous of a name', () => {
    const { problems } = readParameters('/u?%0d%0aforged%1b[31m%e2%80%ae=1', known);
    expect(problems.map(({ name }) => name)).toEqual(['??forged?[31m?']);
  });

  it('reads back any value, and never throws', () => {
    assert(
      property(string({ unit: 'grapheme' }), (value) => {
        const { values } = readParameters(`/u?$filter=${encodeURIComponent(value)}`, known);
        expect(values.get('$filter')).toBe(value);
      }),
    );
    assert(
      property(string(), (query) => {
        expect(() => readParameters(`/u?${query}`, known)).not.toThrow();
      }),
    );
  });
});
