import { QueryError, type QueryIssue } from '../errors/query-error.ts';
import { nearestName } from '../nearest-name.ts';
import { collectionIssues, normalizedCollection } from './collections/collection-of.ts';
import { expandManager } from './expand-manager.ts';
import { inactivityIssues } from './inactivity.ts';
import { spelledQuery } from './property-names.ts';
import type { UserQuery } from './user-query.ts';

interface Kind {
  readonly accepts: (value: unknown) => boolean;
  readonly expected: string;
}

const text: Kind = { accepts: (value) => typeof value === 'string', expected: 'text' };
const number: Kind = { accepts: (value) => typeof value === 'number', expected: 'a number' };
const flag: Kind = { accepts: (value) => typeof value === 'boolean', expected: 'true or false' };
const list: Kind = {
  accepts: (value) => Array.isArray(value) && value.every((each) => typeof each === 'string'),
  expected: 'a list of texts',
};

/** Parts that have a check and messages of their own. */
const checked: Kind = { accepts: () => true, expected: 'anything' };

const checks = {
  of: collectionIssues,
  inactive: inactivityIssues,
} satisfies { readonly [Name in keyof UserQuery]?: (value: unknown) => readonly QueryIssue[] };

const options: { readonly [Name in keyof Required<UserQuery>]: Kind } = {
  of: checked,
  inactive: checked,
  licenses: flag,
  license: text,
  select: list,
  filter: text,
  search: text,
  orderBy: list,
  expand: text,
  count: flag,
  advanced: flag,
  limit: number,
  pageSize: number,
};
const names = Object.keys(options);

function issueOf(name: string, value: unknown): QueryIssue | undefined {
  if (value === undefined) return undefined;
  const kind = Object.hasOwn(options, name) ? options[name as keyof UserQuery] : undefined;
  if (kind === undefined) {
    const nearest = nearestName(name, names);
    const hint =
      nearest === undefined ? `The options are ${names.join(', ')}.` : `Did you mean ${nearest}?`;
    return { part: name.slice(0, 40), message: 'unknown option', hint };
  }
  return kind.accepts(value)
    ? undefined
    : { part: name, message: `must be ${kind.expected}`, hint: 'Correct the type of the option.' };
}

/**
 * Checks the form of a query that a JavaScript program passes: its option names and their types; returns it with the
 * names of properties in Graph's spelling.
 * @param allowed the options that the operation has; all of them when absent
 * @throws {QueryError} with every problem: an unknown option would otherwise list all users without a warning
 */
export function readQuery(
  value: unknown,
  allowed: readonly (keyof UserQuery)[] = names as (keyof UserQuery)[],
): UserQuery {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new QueryError([
      {
        part: 'query',
        message: 'must be an object',
        hint: `Pass an object with ${names.join(', ')}.`,
      },
    ]);
  const issues = Object.entries(value).flatMap(([name, each]): readonly QueryIssue[] => {
    const issue = issueOf(name, each);
    if (issue !== undefined) return [issue];
    if ((name === 'of' || name === 'inactive') && allowed.includes(name)) return checks[name](each);
    if (each === undefined || allowed.includes(name as keyof UserQuery)) return [];
    return [
      {
        part: name,
        message: 'does not apply to this operation',
        hint: `It takes ${allowed.join(', ')}.`,
      },
    ];
  });
  if (issues.length > 0) throw new QueryError(issues);
  const query = expandManager(spelledQuery(value));
  return query.of === undefined ? query : { ...query, of: normalizedCollection(query.of) };
}
