import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  comparisons,
  stringFunctions,
  type FilterExpression,
  type Literal,
} from './filter-expression.ts';
import { parseFilter } from './parse-filter.ts';
import { printFilter } from './print-filter.ts';

const word = fc.constantFrom('displayName', 'mail', 'id', 'x', 'any', 'not1', 'startsWithX', 'a_b');
const path = fc.array(word, { minLength: 1, maxLength: 3 });
const literal: fc.Arbitrary<Literal> = fc.oneof(
  fc.constant<Literal>({ type: 'null' }),
  fc.string({ unit: 'binary' }).map((value): Literal => ({ type: 'string', value })),
  fc.boolean().map((value): Literal => ({ type: 'boolean', value })),
  fc.uuid().map((text): Literal => ({ type: 'guid', text })),
  fc.integer().map((value): Literal => ({ type: 'number', text: String(value) })),
  fc
    .date({ min: new Date(0), max: new Date('2099-01-01'), noInvalidDate: true })
    .map((date): Literal => ({ type: 'dateTime', text: date.toISOString() })),
);

const { expression } = fc.letrec<{ expression: FilterExpression }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 5, depthSize: 'medium' },
    fc.record({
      kind: fc.constant('compare' as const),
      operator: fc.constantFrom(...comparisons),
      path,
      literal,
    }),
    fc.record({
      kind: fc.constant('in' as const),
      path,
      literals: fc.array(literal, { minLength: 1, maxLength: 4 }),
    }),
    fc.record({
      kind: fc.constant('function' as const),
      name: fc.constantFrom(...stringFunctions),
      path,
      value: fc.string({ unit: 'binary' }),
    }),
    fc.record({
      kind: fc.constant('count' as const),
      operator: fc.constantFrom(...comparisons),
      path,
      value: fc.nat(),
    }),
    fc.record({
      kind: fc.constantFrom('and' as const, 'or' as const),
      left: tie('expression'),
      right: tie('expression'),
    }),
    fc.record({ kind: fc.constant('not' as const), operand: tie('expression') }),
    fc.record({
      kind: fc.constant('lambda' as const),
      quantifier: fc.constantFrom('any' as const, 'all' as const),
      path,
      variable: fc.constantFrom('p', 'a', 'x1'),
      body: tie('expression'),
    }),
    fc.record({
      kind: fc.constant('lambda' as const),
      quantifier: fc.constant('any' as const),
      path,
      variable: fc.constant(undefined),
      body: fc.constant(undefined),
    }),
  ),
}));

describe('a filter', () => {
  test('that is printed parses back to itself', () => {
    fc.assert(
      fc.property(expression, (filter) => {
        expect(parseFilter(printFilter(filter))).toEqual(filter);
      }),
      { numRuns: 500 },
    );
  });

  test('of any text either parses or is refused with 400', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...` '()/,:aeqnotr1-$`.split('')) }),
        (text) => {
          try {
            expect(parseFilter(text)).toHaveProperty('kind');
          } catch (error) {
            // oxlint-disable-next-line vitest/no-conditional-expect
            expect(error).toMatchObject({ status: 400, code: 'BadRequest' });
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  test('knows operators in any case, and binds and closer than or', () => {
    const text = "NOT(StartsWith(mail,'O''B')) OR id eq null and x in ('a','b')";
    expect(printFilter(parseFilter(text))).toBe(
      "not(startsWith(mail, 'O''B')) or id eq null and x in ('a', 'b')",
    );
  });

  test.each([
    ["displayName eqq 'a'", 12],
    ['displayName', 11],
    ["displayName eq 'a' and", 22],
    ["(displayName eq 'a'", 19],
    ['', 0],
    ['startsWith(displayName, 1)', 24],
  ])('%s is refused at %i', (text, at) => {
    expect(() => parseFilter(text)).toThrow(
      `Invalid filter clause: Syntax error at position ${at} in '${text}'.`,
    );
  });

  test('nested beyond reason is refused, not a stack overflow', () => {
    expect(() => parseFilter(`${'('.repeat(100_000)}a eq 1`)).toThrow('Syntax error at position');
  });
});
