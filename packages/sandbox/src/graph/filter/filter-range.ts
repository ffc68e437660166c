import type { FilterMode } from './check-filter.ts';
import type { FilterExpression } from './filter-expression.ts';

/** The properties by which the users are kept sorted. */
export type SortedProperty = 'createdDateTime' | 'userPrincipalName';

/** A range that contains all users that match a filter. Both ends belong to it. */
export interface FilterRange {
  readonly property: SortedProperty;
  readonly from?: string;
  readonly to?: string;
  /** The users without a value, instead of those between two ends. */
  readonly isNull?: true;
  /** All users of the range match the filter, so that none of them needs to be tested. */
  readonly isExact: boolean;
}

function rangeOf(expression: FilterExpression, mode: FilterMode): FilterRange | undefined {
  if (expression.kind === 'function') {
    const isPrefix =
      expression.name === 'startsWith' && expression.path.join('/') === 'userPrincipalName';
    // Names are sorted without case, and no name contains the last character.
    const prefix = expression.value;
    return isPrefix
      ? { property: 'userPrincipalName', from: prefix, to: `${prefix}\uffff`, isExact: false }
      : undefined;
  }
  if (expression.kind !== 'compare') return undefined;
  const { path, operator, literal } = expression;
  const [property, ...rest] = path;
  if (rest.length > 0) return undefined;
  if (property === 'createdDateTime' && operator === 'eq' && literal.type === 'null')
    return { property, isNull: true, isExact: true };
  if (operator !== 'ge' && operator !== 'le') return undefined;
  if (property === 'createdDateTime' && literal.type === 'dateTime') {
    // Users are sorted by whole seconds.
    const isExact = Date.parse(literal.text) % 1000 === 0;
    return operator === 'ge'
      ? { property, from: literal.text, isExact }
      : { property, to: literal.text, isExact };
  }
  if (property !== 'userPrincipalName' || literal.type !== 'string') return undefined;
  const { advanced, unsettled } = mode;
  const isApplied = unsettled[advanced ? 'principalNameRangeAdvanced' : 'principalNameRange'];
  // The users are sorted in one order; ranges in another one are found by testing all users.
  if (isApplied !== 'accepted' || unsettled.comparer !== 'ignore-case') return undefined;
  return operator === 'ge'
    ? { property, from: literal.value, isExact: true }
    : { property, to: literal.value, isExact: true };
}

/** Whether the two are the lower and the upper end of one range. */
function areEnds(first: FilterRange, second: FilterRange): boolean {
  if (first.property !== second.property) return false;
  const [a, b] = [first.from === undefined, second.from === undefined];
  const [c, d] = [first.to === undefined, second.to === undefined];
  return a !== b && c !== d && a !== c;
}

/**
 * Returns a range of a sorted property in which all matches are, so that a large tenant need not be searched from its
 * first user to its last; undefined when the filter has none. Unless it is exact, its users are still to be tested.
 */
export function filterRange(
  expression: FilterExpression,
  mode: FilterMode,
): FilterRange | undefined {
  if (expression.kind !== 'and') return rangeOf(expression, mode);
  const ranges = [filterRange(expression.left, mode), filterRange(expression.right, mode)];
  const [first, second] = ranges;
  const one = first ?? second;
  if (one === undefined) return undefined;
  if (first !== undefined && second !== undefined && areEnds(first, second)) {
    return { ...first, ...second, isExact: first.isExact && second.isExact };
  }
  // Of two different ranges one is enough.
  return { ...one, isExact: false };
}

/** Whether the directory silently ignores the whole filter, because it consists of ranges of names only. */
export function isIgnored(expression: FilterExpression, mode: FilterMode): boolean {
  if (expression.kind === 'and') {
    return isIgnored(expression.left, mode) && isIgnored(expression.right, mode);
  }
  if (expression.kind !== 'compare' || expression.path.join('/') !== 'userPrincipalName') {
    return false;
  }
  const { advanced, unsettled } = mode;
  const choice = unsettled[advanced ? 'principalNameRangeAdvanced' : 'principalNameRange'];
  return choice === 'ignored' && ['ge', 'le', 'gt', 'lt'].includes(expression.operator);
}
