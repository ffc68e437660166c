import { QueryError, type QueryIssue } from '../errors/query-error.ts';
import { reasonsForAdvanced } from './advanced.ts';
import { filterIssues } from './filter-rules.ts';
import { singleUserProperties, sortableProperties } from './user-properties.ts';
import type { UserQuery } from './user-query.ts';

/** Graph's largest page of users. */
export const largestPage = 999;

type Rule = (query: UserQuery, advanced: readonly string[]) => readonly (QueryIssue | false)[];

const name = /^[A-Za-z_]\w*(?:\.\w+)*(?:\/\w+)*$/;

const rules: readonly Rule[] = [
  ({ pageSize }) => [
    pageSize !== undefined &&
      !(Number.isInteger(pageSize) && pageSize >= 1 && pageSize <= largestPage) && {
        part: 'pageSize',
        message: `a page holds 1 to ${largestPage} users`,
        hint: `Give a whole number from 1 to ${largestPage}; rollcall reads as many pages as there are.`,
      },
  ],
  ({ limit }) => [
    limit !== undefined &&
      !(Number.isSafeInteger(limit) && limit >= 1) && {
        part: 'limit',
        message: 'this is no number of users',
        hint: 'Give a whole number from 1 on.',
      },
  ],
  ({ select = [] }) =>
    select.flatMap((property) => [
      property === '*' && {
        part: 'select',
        message: '* loses properties on later pages',
        hint: 'Name the properties.',
      },
      property !== '*' &&
        !name.test(property) && {
          part: 'select',
          message: `${JSON.stringify(property)} is no name of a property`,
          hint: 'Separate names with commas.',
        },
      singleUserProperties.has(property) && {
        part: 'select',
        message: `${property} is given for one user at a time only`,
        hint: `Leave ${property} out, or get it with \`rollcall users get\`.`,
      },
    ]),
  ({ filter }, advanced) => (filter === undefined ? [] : filterIssues(filter, advanced)),
  ({ search }) => [
    search !== undefined &&
      (search.trim() === '' || (search.match(/(?<!\\)"/g) ?? []).length % 2 === 1) && {
        part: 'search',
        message: 'this is no search',
        hint: 'Give one clause, displayName:ada, or several in double quotes: "displayName:ada" OR "mail:ada".',
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
          message: `Graph does not sort users by ${JSON.stringify(order)}`,
          hint: `Sort by ${Object.keys(sortableProperties).join(', ')}, with desc where wanted.`,
        }
      );
    }),
  ({ expand }, advanced) => [
    expand !== undefined &&
      advanced.length > 0 &&
      !/\$levels/i.test(expand) && {
        part: 'expand',
        message: `Graph ignores $expand in an advanced query, which this one is because of ${advanced.join(', and of ')}`,
        hint: 'Leave $expand out, or what makes the query advanced.',
      },
  ],
];

/** Why Graph would refuse this query, or silently answer another one. */
export function queryIssues(query: UserQuery): readonly QueryIssue[] {
  const advanced = reasonsForAdvanced(query);
  return rules.flatMap((rule) => rule(query, advanced)).filter((found) => found !== false);
}

/** @throws {QueryError} with every issue */
export function checkQuery(query: UserQuery): void {
  const issues = queryIssues(query);
  if (issues.length > 0) throw new QueryError(issues);
}
