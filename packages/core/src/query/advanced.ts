import { readFilter, type FilterClause } from './filter-clauses.ts';
import { collectionOf } from './collections/collection-of.ts';
import { type PropertyFacts, sortableProperties, userProperties } from './user-properties.ts';
import type { UserQuery } from './user-query.ts';

/** In the default index; the eventual one has no such limits (Graph's known issues, query parameters). */
const mostAlternatives = 15;
export const longestDefaultValue = 120;

const directoryExtension = /^extension_[\da-f]{32}_\w+$/i;

/**
 * The facts about extensions, by the form of their names (Graph's docs, "Add custom data to resources using
 * extensions"). No property of Graph itself has an underscore in its name.
 */
function factsOf(property: string): PropertyFacts | undefined {
  if (Object.hasOwn(userProperties, property)) return userProperties[property];
  if (directoryExtension.test(property)) return { advancedNull: true, advancedStartsWith: true };
  return property.includes('_') ? { advanced: true } : undefined;
}

function reasonsOfClause({ operator, property, values }: FilterClause): readonly string[] {
  const facts = factsOf(property);
  const isNull = values.includes('null');
  return [
    [operator === 'ne', 'the operator ne'],
    [operator === 'endswith', 'the function endsWith'],
    [facts?.advanced, `filtering by ${property}`],
    [
      operator === 'startswith' && facts?.advancedStartsWith,
      `startsWith with the directory extension ${property}`,
    ],
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
  const { advanced } = collectionOf(query.of);
  const orderBy = query.orderBy ?? [];
  const isFiltered = query.filter !== undefined || orderBy.length > 0;
  const sorted = orderBy.map((order) => order.trim().split(/\s+/)[0] ?? '');
  return [
    ...new Set([
      ...(advanced !== undefined && (advanced.isAlways || isFiltered) ? [advanced.reason] : []),
      ...(query.search === undefined ? [] : ['$search']),
      ...(query.count === true ? ['$count'] : []),
      ...(query.advanced === true ? ['the request for an advanced query'] : []),
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
