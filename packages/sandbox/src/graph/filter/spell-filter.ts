import { spelled } from '../property-spelling.ts';
import type { FilterExpression } from './filter-expression.ts';

/** Returns a filter with its paths in Graph's spelling. The variables of lambdas keep theirs. */
export function spellFilter(expression: FilterExpression, variable?: string): FilterExpression {
  const spell = (path: readonly string[]): readonly string[] =>
    path.map((name, at) => (at === 0 && name === variable ? name : spelled(name)));
  if ('left' in expression)
    return {
      ...expression,
      left: spellFilter(expression.left, variable),
      right: spellFilter(expression.right, variable),
    };
  if ('operand' in expression)
    return { ...expression, operand: spellFilter(expression.operand, variable) };
  if (!('quantifier' in expression)) return { ...expression, path: spell(expression.path) };
  const { body, path } = expression;
  return {
    ...expression,
    path: spell(path),
    body: body === undefined ? undefined : spellFilter(body, expression.variable),
  };
}
