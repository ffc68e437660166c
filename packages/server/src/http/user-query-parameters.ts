import type { UserQuery } from '@rollcall/core';
import { spelledQuery } from '@rollcall/core/command-line';

import { badParameter } from '../errors/request-error.ts';
import type { Parameters } from './parameters.ts';

type Mutable<Shape> = { -readonly [Key in keyof Shape]: Shape[Key] };
type Read = (value: string, query: Mutable<UserQuery>) => void;

function list(name: string, value: string): string[] {
  const parts = value.split(',').map((part) => part.trim());
  if (parts.includes('')) throw badParameter(name, 'must be a comma-separated list of names');
  return parts;
}

function text(name: string, value: string): string {
  if (value.trim() === '') throw badParameter(name, 'must not be empty');
  return value;
}

/** Graph's query options, and how each sets a part of the query. Core checks the values. */
const options = {
  $select: (value, query) => (query.select = list('$select', value)),
  $filter: (value, query) => (query.filter = text('$filter', value)),
  $search: (value, query) => (query.search = text('$search', value)),
  $orderby: (value, query) => (query.orderBy = list('$orderby', value)),
  $expand: (value, query) => (query.expand = text('$expand', value)),
  $count: (value, query) => {
    if (value !== 'true' && value !== 'false')
      throw badParameter('$count', 'must be true or false');
    query.count = value === 'true';
  },
  $top: (value, query) => {
    const size = /^\d{1,9}$/u.test(value) ? Number(value) : 0;
    if (size < 1 || size > 999)
      throw badParameter(
        '$top',
        'Invalid page size. Must be between 1 and 999 inclusive.',
        'Request_UnsupportedQuery',
      );
    query.pageSize = size;
  },
} satisfies Record<string, Read>;

export type QueryOption = keyof typeof options;

/**
 * Returns the query of URL parameters. Names of properties are in Graph's spelling, as `@odata.context` shows them.
 * @throws {RequestError} 400 with the name of the option
 */
export function toUserQuery(parameters: Parameters): UserQuery {
  const query: Mutable<UserQuery> = {};
  for (const [name, value] of parameters) (options as Record<string, Read>)[name]?.(value, query);
  return spelledQuery(query);
}
