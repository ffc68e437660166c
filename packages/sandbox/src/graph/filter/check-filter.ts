import { type GraphError, unsupportedQuery } from '../graph-error.ts';
import type { Unsettled } from '../unsettled.ts';
import type { Comparison, FilterExpression, Literal } from './filter-expression.ts';
import type { FilterSupport, Mode } from './filter-support.ts';
import {
  requireSameType,
  resolveCollection,
  resolveTarget,
  type FilterTarget,
  type LambdaScope,
} from './filter-target.ts';

export interface FilterMode {
  /** `ConsistencyLevel: eventual` and `$count=true`, or the `/$count` segment with the header. */
  readonly advanced: boolean;
  readonly unsettled: Unsettled;
}

/** 1.4, update of 2026: `or` in both modes, values of `in` in default mode only. */
const mostAlternatives = 15;
const longestValue = 120;

const missingParameters =
  'is not supported because the required parameters might be missing. Try adding $count=true query parameter and ConsistencyLevel:eventual header. Refer to https://aka.ms/graph-docs/advanced-queries for more information';

function unindexed({ property }: FilterTarget, { unsettled }: FilterMode): GraphError {
  return unsupportedQuery(
    unsettled.unindexedText === '2021'
      ? 'The request uses a filter property that is not indexed'
      : `Unsupported or invalid query filter clause specified for property '${property}' of resource 'User'.`,
  );
}

function works(where: Mode | undefined, { advanced }: FilterMode): boolean {
  if (where === undefined) return false;
  return where === 'default' || advanced === (where === 'advanced');
}

function rangeWorks(range: FilterSupport['range'], mode: FilterMode): boolean {
  const { advanced, unsettled } = mode;
  if (range === 'principal-name') {
    return unsettled[advanced ? 'principalNameRangeAdvanced' : 'principalNameRange'] !== 'refused';
  }
  return range === 'page-only' ? unsettled.otherStringRanges === 'accepted' : works(range, mode);
}

function checkLength(target: FilterTarget, value: string, mode: FilterMode): void {
  if (!mode.advanced && value.length > longestValue) throw unindexed(target, mode);
}

/** Members of a chain of `or`; in default mode each value of an `in` counts. */
function alternatives(expression: FilterExpression, mode: FilterMode): number {
  if (expression.kind === 'or') {
    return alternatives(expression.left, mode) + alternatives(expression.right, mode);
  }
  return expression.kind === 'in' && !mode.advanced ? expression.literals.length : 1;
}

function checkAlternatives(expression: FilterExpression, mode: FilterMode): void {
  const count = alternatives(expression, mode);
  if (count > mostAlternatives) {
    throw unsupportedQuery(
      `Too many child clauses specified in search filter expression containing 'OR' operators: ${count}. Max allowed: ${mostAlternatives}.`,
    );
  }
}

/** How each operator is judged once its property is known. */
const judges = {
  eq: checkEquality,
  ne(target, literal, mode) {
    if (!mode.advanced)
      throw unsupportedQuery("Filter operator 'NotEqualsMatch' is not supported.");
    checkEquality(target, literal, mode);
  },
  ge: checkRange,
  le: checkRange,
  gt: refuse,
  lt: refuse,
} satisfies Record<Comparison, (target: FilterTarget, literal: Literal, mode: FilterMode) => void>;

function checkEquality(target: FilterTarget, literal: Literal, mode: FilterMode): void {
  const { support } = target;
  if (!works(literal.type === 'null' ? support.null : support.eq, mode)) {
    throw unindexed(target, mode);
  }
  if (literal.type === 'string') checkLength(target, literal.value, mode);
}

function checkRange(target: FilterTarget, literal: Literal, mode: FilterMode): void {
  if (literal.type === 'null' || !rangeWorks(target.support.range, mode)) {
    throw unindexed(target, mode);
  }
}

function refuse(target: FilterTarget, _: Literal, mode: FilterMode): void {
  throw unindexed(target, mode);
}

type Clause<Kind extends FilterExpression['kind']> = Extract<FilterExpression, { kind: Kind }>;

function checkFunction(
  clause: Clause<'function'>,
  scope: LambdaScope | undefined,
  mode: FilterMode,
): void {
  if (clause.name === 'contains') {
    throw unsupportedQuery("Unsupported property filter clause operator 'Contains'.");
  }
  const target = resolveTarget(clause.path, scope, mode.unsettled);
  if (clause.name === 'endsWith' && !mode.advanced) {
    throw unsupportedQuery(`Operator 'endsWith' ${missingParameters}`);
  }
  if (target.property === 'id') {
    throw unsupportedQuery("The 'id' property can only be used with eq filter");
  }
  if (!works(target.support[clause.name], mode)) throw unindexed(target, mode);
  checkLength(target, clause.value, mode);
}

function checkLambda(
  { quantifier, path, variable, body }: Clause<'lambda'>,
  mode: FilterMode,
): void {
  const property = resolveCollection(path, mode.unsettled);
  if (quantifier === 'all' || variable === undefined || body === undefined) {
    throw unsupportedQuery(
      `Unsupported or invalid query filter clause specified for property '${property}' of resource 'User'.`,
    );
  }
  check(body, { variable, property }, mode);
}

function checkCount({ path, operator, value }: Clause<'count'>, mode: FilterMode): void {
  const property = resolveCollection(path, mode.unsettled);
  const asked = (operator === 'eq' || operator === 'ne') && value === 0;
  if (!mode.advanced || !asked) {
    throw unsupportedQuery(
      `Unsupported or invalid query filter clause specified for property '${property}' of resource 'User'.`,
    );
  }
}

type Checks = {
  readonly [Kind in FilterExpression['kind']]: (
    clause: Clause<Kind>,
    scope: LambdaScope | undefined,
    mode: FilterMode,
  ) => void;
};

const checks: Checks = {
  and: checkPair,
  or: checkPair,
  not({ operand }, scope, mode) {
    if (!mode.advanced) throw unsupportedQuery("Filter operator 'Not' is not supported.");
    check(operand, scope, mode);
  },
  compare({ path, operator, literal }, scope, mode) {
    const target = resolveTarget(path, scope, mode.unsettled);
    requireSameType(target, literal, operator);
    judges[operator](target, literal, mode);
  },
  in(clause, scope, mode) {
    const target = resolveTarget(clause.path, scope, mode.unsettled);
    checkAlternatives(clause, mode);
    for (const literal of clause.literals) {
      requireSameType(target, literal, 'eq');
      checkEquality(target, literal, mode);
    }
  },
  function: checkFunction,
  lambda: (clause, _, mode) => {
    checkLambda(clause, mode);
  },
  count: (clause, _, mode) => {
    checkCount(clause, mode);
  },
};

function checkPair(
  clause: Clause<'and' | 'or'>,
  scope: LambdaScope | undefined,
  mode: FilterMode,
): void {
  if (clause.kind === 'or') checkAlternatives(clause, mode);
  check(clause.left, scope, mode);
  check(clause.right, scope, mode);
}

function check(
  expression: FilterExpression,
  scope: LambdaScope | undefined,
  mode: FilterMode,
): void {
  const judge = checks[expression.kind] as (
    clause: FilterExpression,
    scope: LambdaScope | undefined,
    mode: FilterMode,
  ) => void;
  judge(expression, scope, mode);
}

/** Properties that a filter reads. */
export function filteredProperties(expression: FilterExpression): readonly string[] {
  if ('left' in expression) {
    return [...filteredProperties(expression.left), ...filteredProperties(expression.right)];
  }
  if ('operand' in expression) return filteredProperties(expression.operand);
  return [expression.path[0]!];
}

/**
 * Judges a filter by the rules of 1.2 to 1.4.
 * @throws {GraphError} 400 in Graph's words for the first clause that is not supported
 */
export function checkFilter(expression: FilterExpression, mode: FilterMode): void {
  check(expression, undefined, mode);
  const properties = new Set(filteredProperties(expression));
  if (properties.has('signInActivity') && properties.size > 1) {
    throw unsupportedQuery(
      "Unsupported or invalid query filter clause specified for property 'signInActivity' of resource 'User'.",
    );
  }
}
