import type { FilterMode } from './check-filter.ts';
import type { FilterExpression } from './filter-expression.ts';

/** The properties by which the users are kept sorted. */
export type SortedProperty = 'createdDateTime' | 'userPrincipalName';

/** A range that contains all users that match a filter. Both ends belong to it. */
export interface FilterRange {
  readonly property: SortedProperty;
  readonly from?: string;
  readonly to?: string;
}

function rangeOf(expression: FilterExpression, mode: FilterMode): FilterRange | undefined {
  if (expression.kind === 'function') {
    const isPrefix =
      expression.name === 'startsWith' && expression.path.join('/') === 'userPrincipalName';
    // Names are sorted without case, and no name contains the last character.
    const prefix = expression.value;
    return isPrefix
      ? { property: 'userPrincipalName', from: prefix, to: `${prefix}\uffff` }
      : undefined;
  }
  if (expression.kind !== 'compare') return undefined;
  const { path, operator, literal } = expression;
  const [property, ...rest] = path;
  if (rest.length > 0 || (operator !== 'ge' && operator !== 'le')) return undefined;
  if (property === 'createdDateTime' && literal.type === 'dateTime')
    return operator === 'ge' ? { property, from: literal.text } : { property, to: literal.text };
  if (property !== 'userPrincipalName' || literal.type !== 'string') return undefined;
  const { advanced, unsettled } = mode;
  const isApplied = unsettled[advanced ? 'principalNameRangeAdvanced' : 'principalNameRange'];
  // The users are sorted in one order; ranges in another one are found by testing all users.
  if (isApplied !== 'accepted' || unsettled.comparer !== 'ignore-case') return undefined;
  return operator === 'ge' ? { property, from: literal.value } : { property, to: literal.value };
}

/**
 * Returns a range of a sorted property in which all matches are, so that a large tenant need not be searched from its
 * first user to its last; undefined when the filter has none. Each user of the range is still to be tested.
 */
export function filterRange(
  expression: FilterExpression,
  mode: FilterMode,
): FilterRange | undefined {
  if (expression.kind !== 'and') return rangeOf(expression, mode);
  const ranges = [filterRange(expression.left, mode), filterRange(expression.right, mode)];
  const [first, second] = ranges;
  if (first === undefined || second === undefined) return first ?? second;
  // Two ends of one range; of two different ranges the first is enough.
  if (first.property !== second.property) return first;
  if (first.from !== undefined && second.from !== undefined) return first;
  if (first.to !== undefined && second.to !== undefined) return first;
  return { ...first, ...second };
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
