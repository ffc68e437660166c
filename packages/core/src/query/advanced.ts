import { readFilter, type FilterClause } from './filter-clauses.ts';
import { sortableProperties, userProperties } from './user-properties.ts';
import type { UserQuery } from './user-query.ts';

/** In the default index; the eventual one has no such limits (Graph's known issues, query parameters). */
const mostAlternatives = 15;
export const longestDefaultValue = 120;

function reasonsOfClause({ operator, property, values }: FilterClause): readonly string[] {
  const facts = Object.hasOwn(userProperties, property) ? userProperties[property] : undefined;
  const isNull = values.includes('null');
  return [
    [operator === 'ne', 'the operator ne'],
    [operator === 'endswith', 'the function endsWith'],
    [facts?.advanced, `filtering by ${property}`],
    [isNull && facts?.advancedNull, `comparing ${property} with null`],
    [facts?.advancedRange && (operator === 'ge' || operator === 'le'), `a range of ${property}`],
    [
      operator !== 'startswith' && values.some((value) => value.length > longestDefaultValue),
      `a value longer than ${longestDefaultValue} characters`,
    ],
  ].flatMap(([needed, why]) => (needed === true ? [String(why)] : []));
}

function reasonsOfFilter(filter: string | undefined): readonly string[] {
  const shape = filter === undefined ? undefined : readFilter(filter);
  if (shape === undefined || 'mistake' in shape) return [];
  return [
    ...(shape.negated ? ['the operator not'] : []),
    ...(shape.counts ? ['counting in the filter'] : []),
    ...(shape.alternatives > mostAlternatives
      ? [`more than ${mostAlternatives} alternatives`]
      : []),
    ...shape.clauses.flatMap(reasonsOfClause),
  ];
}

/**
 * Why a query needs Graph's eventual index (`ConsistencyLevel: eventual` and `$count=true`), in words for `explain`;
 * empty when it does not. Source: Graph's docs, "Advanced query capabilities on Microsoft Entra ID objects".
 */
export function reasonsForAdvanced(query: UserQuery): readonly string[] {
  const orderBy = query.orderBy ?? [];
  const sorted = orderBy.map((order) => order.trim().split(/\s+/)[0] ?? '');
  return [
    ...new Set([
      ...(query.search === undefined ? [] : ['$search']),
      ...(query.count === true ? ['$count'] : []),
      ...(query.filter !== undefined && orderBy.length > 0
        ? ['$filter together with $orderby']
        : []),
      ...sorted
        .filter((name) => sortableProperties[name]?.advanced === true)
        .map((name) => `sorting by ${name}`),
      ...(/\$levels/i.test(query.expand ?? '') ? ['$expand with $levels'] : []),
      ...reasonsOfFilter(query.filter),
    ]),
  ];
}
