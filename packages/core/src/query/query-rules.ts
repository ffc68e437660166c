import { largestPage } from './largest-page.ts';
import { QueryError, type QueryIssue } from '../errors/query-error.ts';
import { withHint } from '../errors/remedies.ts';
import { reasonsForAdvanced } from './advanced.ts';
import { filterIssues } from './filter-rules.ts';
import { singleUserProperties, sortableProperties } from './user-properties.ts';
import type { UserQuery } from './user-query.ts';

type Rule = (query: UserQuery, advanced: readonly string[]) => readonly (QueryIssue | false)[];

const name = /^[A-Za-z_]\w*(?:\.\w+)*(?:\/\w+)*$/;

const rules: readonly Rule[] = [
  ({ pageSize }) => [
    pageSize !== undefined &&
      !(Number.isInteger(pageSize) && pageSize >= 1 && pageSize <= largestPage) && {
        part: 'pageSize',
        message: `must be a whole number from 1 to ${largestPage}`,
        hint: `Use a page size from 1 to ${largestPage}. All pages are read, regardless of their size.`,
      },
  ],
  ({ limit }) => [
    limit !== undefined &&
      !(Number.isSafeInteger(limit) && limit >= 1) && {
        part: 'limit',
        message: 'must be a whole number of at least 1',
        hint: 'Example: 100.',
      },
  ],
  ({ inactive, limit }) => [
    inactive !== undefined &&
      limit !== undefined && {
        part: 'inactive',
        message: 'cannot be used with a limit, which would apply before the selection',
        hint: 'Remove the limit.',
      },
  ],
  ({ select = [] }) =>
    select.flatMap((property) => [
      property === '*' && {
        part: 'select',
        message: '* returns fewer properties on later pages',
        hint: 'List the names of the properties.',
      },
      property !== '*' &&
        !name.test(property) && {
          part: 'select',
          message: `${JSON.stringify(property)} is not a valid property name`,
          hint: 'Separate names with commas.',
        },
      singleUserProperties.has(property) && {
        part: 'select',
        message: `${property} is available for a single user only`,
        ...withHint({ code: 'omit-property', property }),
      },
    ]),
  ({ filter }, advanced) => (filter === undefined ? [] : filterIssues(filter, advanced)),
  ({ search }) => [
    search !== undefined &&
      (search.trim() === '' || (search.match(/(?<!\\)"/g) ?? []).length % 2 === 1) && {
        part: 'search',
        message: 'invalid search expression',
        hint: 'Write one clause, displayName:ada, or several in double quotes: "displayName:ada" OR "mail:ada".',
      },
  ],
  ({ orderBy = [] }) =>
    orderBy.map((order) => {
      const [property = '', direction = 'asc', ...more] = order.trim().split(/\s+/);
      return (
        !(
          Object.hasOwn(sortableProperties, property) &&
          /^(asc|desc)$/.test(direction) &&
          more.length === 0
        ) && {
          part: 'orderBy',
          message: `Graph cannot sort users by ${JSON.stringify(order)}`,
          hint: `Sort by ${Object.keys(sortableProperties).join(', ')}; add desc for descending order.`,
        }
      );
    }),
  ({ expand }, advanced) => [
    expand !== undefined &&
      advanced.length > 0 &&
      !/\$levels/i.test(expand) && {
        part: 'expand',
        message: `Graph ignores $expand in an advanced query, and this query is advanced because of ${advanced.join(', and of ')}`,
        hint: 'Remove $expand, or the part that makes the query advanced.',
      },
  ],
];

/** The reasons why Graph would reject this query, or would silently answer another one. */
export function queryIssues(query: UserQuery): readonly QueryIssue[] {
  const advanced = reasonsForAdvanced(query);
  return rules.flatMap((rule) => rule(query, advanced)).filter((found) => found !== false);
}

/** @throws {QueryError} with every problem */
export function checkQuery(query: UserQuery): void {
  const issues = queryIssues(query);
  if (issues.length > 0) throw new QueryError(issues);
}
