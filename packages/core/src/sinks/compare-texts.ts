import type { ExpressionNode } from './projection-scope.ts';

const orderings: ReadonlySet<unknown> = new Set(['LT', 'LTE', 'GT', 'GTE']);

interface Comparison extends ExpressionNode {
  readonly name: string;
  readonly left: ExpressionNode;
  readonly right: ExpressionNode;
}

function isOrdering(node: object): node is Comparison {
  return 'type' in node && node.type === 'Comparator' && 'name' in node && orderings.has(node.name);
}

function hasOrdering(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return isOrdering(value) || Object.values(value).some(hasOrdering);
}

function call(name: string, argument: object): object {
  return { type: 'Function', name, children: [argument] };
}

function comparator(name: string, left: object, right: object): object {
  return { type: 'Comparator', name, left, right };
}

function and(left: object, right: object): object {
  return { type: 'AndExpression', left, right };
}

function isText(node: object): object {
  return comparator('EQ', call('type', node), { type: 'Literal', value: 'string' });
}

/** `less` sorts first, and is another text than `more` unless `orEqual`. */
function precedes(less: object, more: object, orEqual: boolean): object {
  const first = {
    type: 'IndexExpression',
    left: call('sort', { type: 'MultiSelectList', children: [less, more] }),
    right: { type: 'Index', value: 0 },
  };
  const isFirst = comparator('EQ', less, first);
  const ordered = orEqual ? isFirst : and(comparator('NE', less, more), isFirst);
  return and(and(isText(less), isText(more)), ordered);
}

/**
 * Rewrites a compiled expression so that `<`, `<=`, `>` and `>=` compare texts too. JMESPath defines them for numbers
 * only and returns null for texts, so that `lastSignInDateTime < '2026-08-27'` would select no user. Graph's dates have
 * one form, in which the order of the texts is that of the dates.
 */
export function compareTexts<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((each: unknown) => compareTexts(each)) as Value;
  // A comparison of comparisons compares booleans. Rewriting it would copy the inner ones at each level.
  if (isOrdering(value) && !hasOrdering(value.left) && !hasOrdering(value.right)) {
    const { name, left, right } = value;
    const [less, more] = name.startsWith('L') ? [left, right] : [right, left];
    return {
      type: 'OrExpression',
      left: value,
      right: precedes(less, more, name.endsWith('E')),
    } as Value;
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, each]: [string, unknown]) => [key, compareTexts(each)]),
  ) as Value;
}
