import { assert, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';

import { RequestError } from '../errors/request-error.ts';
import { readParameters } from './parameters.ts';

const unharmed = new RequestError({ status: 400, code: '', title: '', detail: '' });

function thrownBy(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  return undefined;
}

const known = ['$top', '$filter'];

describe('readParameters', () => {
  it('reads names with and without dollar, values with + and %', () => {
    expect([...readParameters('/users?top=5&$filter=a+eq%20%27b%2Bc%27', known)]).toEqual([
      ['$top', '5'],
      ['$filter', "a eq 'b+c'"],
    ]);
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
  ])('names the parameter it refuses: %s', (_what, url, name) => {
    expect(() => readParameters(url, known)).toThrow(RequestError);
    expect(() => readParameters(url, known)).toThrow(name);
  });

  it('repeats nothing dangerous of a name', () => {
    expect(() => readParameters('/u?%0d%0aforged%1b[31m%e2%80%ae=1', known)).toThrow(
      '??forged?[31m?',
    );
  });

  it('reads back any value, and never throws anything but a RequestError', () => {
    assert(
      property(string({ unit: 'grapheme' }), (value) => {
        expect(
          readParameters(`/u?$filter=${encodeURIComponent(value)}`, known).get('$filter'),
        ).toBe(value);
      }),
    );
    assert(
      property(string(), (query) => {
        expect(thrownBy(() => readParameters(`/u?${query}`, known)) ?? unharmed).toBeInstanceOf(
          RequestError,
        );
      }),
    );
  });
});
