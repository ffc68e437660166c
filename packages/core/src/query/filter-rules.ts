import type { QueryIssue } from '../errors/query-error.ts';
import { longestDefaultValue } from './advanced.ts';
import { readFilter, type FilterClause } from './filter-clauses.ts';
import { userProperties, type PropertyFacts } from './user-properties.ts';

function issue(message: string, hint: string): QueryIssue {
  return { part: 'filter', message, hint };
}

const ranges: ReadonlySet<string> = new Set(['ge', 'le']);
const strict: ReadonlySet<string> = new Set(['gt', 'lt']);

function issuesOfClause(
  { operator, property, values }: FilterClause,
  facts: PropertyFacts,
): readonly (QueryIssue | false)[] {
  return [
    strict.has(operator) &&
      issue(
        `Graph has no ${operator} for properties of users`,
        'Use ge or le, and drop the boundary yourself.',
      ),
    facts.only !== undefined &&
      !facts.only.includes(operator) &&
      issue(
        `${property} cannot be compared by ${operator}`,
        `Use one of ${facts.only.join(', ')} with ${property}.`,
      ),
    facts.noRange === true &&
      ranges.has(operator) &&
      issue(`${property} has no order`, `Use eq with ${property}.`),
    operator === 'endswith' &&
      facts.endsWith !== true &&
      issue(
        `endsWith does not work on ${property}`,
        'Use it on mail, otherMails, userPrincipalName or proxyAddresses.',
      ),
    operator === 'startswith' &&
      values.some((value) => value.length > longestDefaultValue) &&
      issue(
        `startsWith takes ${longestDefaultValue} characters at most`,
        'Compare with fewer characters.',
      ),
  ];
}

function factsOf(property: string): PropertyFacts {
  return userProperties[property] ?? {};
}

/** Why Graph would refuse this filter, or answer another question. */
export function filterIssues(filter: string, advanced: readonly string[]): readonly QueryIssue[] {
  const shape = readFilter(filter);
  if ('mistake' in shape)
    return [
      issue(
        shape.mistake,
        "Compare by words (eq, ne, ge, and, or, not), and put strings in single quotes, a quote inside one twice: surname eq 'O''Neil'.",
      ),
    ];
  const known = shape.clauses.filter(({ property }) => Object.hasOwn(userProperties, property));
  const properties = new Set(shape.clauses.map(({ property }) => property));
  return [
    ...shape.clauses.map(
      ({ operator }) =>
        operator === 'contains' &&
        issue('Graph has no contains for users', 'Use $search, or startsWith.'),
    ),
    shape.all && issue('Graph has no all() for users', 'Use any(), negated where needed.'),
    ...known.flatMap((clause) => issuesOfClause(clause, factsOf(clause.property))),
    ...[...properties].flatMap((property) => [
      factsOf(property).defaultOnly === true &&
        advanced.length > 0 &&
        issue(
          `${property} cannot be filtered together with ${advanced.join(', ')}`,
          `Filter by ${property} in a query of its own.`,
        ),
      factsOf(property).alone === true &&
        properties.size > 1 &&
        issue(
          `${property} cannot be combined with other properties`,
          `Filter by ${property} alone, and by the rest afterwards.`,
        ),
    ]),
  ].filter((found) => found !== false);
}
