import { QueryError, type QueryIssue } from '../errors/query-error.ts';
import { withHint } from '../errors/remedies.ts';
import { defaultProperties } from '../query/default-properties.ts';
import { managerPathsOf } from '../query/expand-manager.ts';
import { spelled } from '../query/property-names.ts';
import type { UserQuery } from '../query/user-query.ts';
import { compileProjection } from './projection.ts';

/** The property that a name of `select` begins at. */
function headOf(name: string): string {
  return /^[^./(]*/u.exec(spelled(name))?.[0] ?? name;
}

function issuesOf(reads: readonly string[], { select, expand = '' }: UserQuery): QueryIssue[] {
  const misspelled = reads.filter((name) => spelled(name) !== name);
  const expanded =
    reads.includes('manager') &&
    !/\bmanager\b/iu.test(expand) &&
    managerPathsOf(select?.map(spelled)).length === 0;
  const selected = new Set((select ?? []).map(headOf));
  const unread =
    select === undefined || select.length === 0
      ? []
      : reads.filter((name) => name !== 'id' && name !== 'manager' && !selected.has(name));
  return [
    ...misspelled.map((name) => ({
      part: 'query',
      message: `JMESPath is case-sensitive: the property is ${spelled(name)}, not ${name}`,
      hint: `Write ${spelled(name)}.`,
    })),
    ...(expanded
      ? [
          {
            part: 'query',
            message: 'the expression reads manager, which is not expanded',
            ...withHint({ code: 'expand-manager' }),
          },
        ]
      : []),
    ...(unread.length > 0 && misspelled.length === 0
      ? [
          {
            part: 'query',
            message: `the expression reads ${unread.join(', ')}, which ${unread.length === 1 ? 'is' : 'are'} not selected`,
            ...withHint({ code: 'select-property', names: [...(select ?? []), ...unread] }),
          },
        ]
      : []),
  ];
}

/**
 * Returns the query that reads every property that a JMESPath expression names. Properties that are not read are null
 * in the expression, so that `[?accountEnabled].mail` would select no user.
 * @throws {QueryError} when the expression names a property that `select` or `expand` does not read, or in another case
 *
 * @example
 * queryForExpression({}, '[?accountEnabled].mail').select;
 * // the default properties and accountEnabled
 */
export function queryForExpression(query: UserQuery, expression: string): UserQuery {
  const { reads } = compileProjection(expression);
  const issues = issuesOf(reads, query);
  if (issues.length > 0) throw new QueryError(issues);
  if (query.select !== undefined && query.select.length > 0) return query;
  const read: ReadonlySet<string> = new Set([...defaultProperties, 'manager']);
  const missing = reads.filter((name) => !read.has(name));
  return missing.length === 0 ? query : { ...query, select: [...defaultProperties, ...missing] };
}
