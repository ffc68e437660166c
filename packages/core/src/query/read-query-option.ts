import { largestPage } from './largest-page.ts';
import type { UserQuery } from './user-query.ts';

/** A query option as a part of a query, or what is wrong with its value. */
export type ReadQueryOption =
  | { readonly query: UserQuery; readonly problem?: undefined }
  | { readonly query?: undefined; readonly problem: string };

function readNames(value: string, toQuery: (names: readonly string[]) => UserQuery) {
  const names = value.split(',').map((name) => name.trim());
  return names.includes('')
    ? { problem: 'must be a comma-separated list of names' }
    : { query: toQuery(names) };
}

function readText(value: string, toQuery: (text: string) => UserQuery) {
  return value.trim() === '' ? { problem: 'must not be empty' } : { query: toQuery(value) };
}

/** Graph's query options for users, by name without the dollar in lower case. */
const options = {
  select: (value) => readNames(value, (select) => ({ select })),
  filter: (value) => readText(value, (filter) => ({ filter })),
  search: (value) => readText(value, (search) => ({ search })),
  orderby: (value) => readNames(value, (orderBy) => ({ orderBy })),
  expand: (value) => readText(value, (expand) => ({ expand })),
  count: (value) =>
    value === 'true' || value === 'false'
      ? { query: { count: value === 'true' } }
      : { problem: 'must be true or false' },
  top(value) {
    const pageSize = /^\d{1,9}$/u.test(value) ? Number(value) : 0;
    return pageSize < 1 || pageSize > largestPage
      ? { problem: `must be between 1 and ${largestPage}` }
      : { query: { pageSize } };
  },
} satisfies Readonly<Record<string, (value: string) => ReadQueryOption>>;

export type QueryOptionName = keyof typeof options;

/** The names of Graph's query options for users, without the dollar. */
export const queryOptionNames = Object.keys(options) as readonly QueryOptionName[];

/**
 * Reads the decoded value of one OData query option: for the parameters of a URL, in the settings and in the server.
 * Names of properties and expressions are checked with the whole query.
 *
 * @example
 * readQueryOption('select', 'id, mail'); // { query: { select: ['id', 'mail'] } }
 * readQueryOption('top', '1000'); // { problem: 'must be between 1 and 999' }
 */
export function readQueryOption(name: QueryOptionName, value: string): ReadQueryOption {
  return options[name](value);
}
