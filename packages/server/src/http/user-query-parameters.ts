import type { UserQuery } from '@rollcall/core';

import { badParameter } from '../errors/request-error.ts';
import type { Parameters } from './parameters.ts';

type Mutable<Shape> = { -readonly [Key in keyof Shape]: Shape[Key] };
type Read = (value: string, query: Mutable<UserQuery>) => void;

function list(name: string, value: string): string[] {
  const parts = value.split(',').map((part) => part.trim());
  if (parts.includes('')) throw badParameter(name, 'is a list of names with commas between them');
  return parts;
}

function text(name: string, value: string): string {
  if (value.trim() === '') throw badParameter(name, 'is empty');
  return value;
}

/** Graph's query options, one line each: how it becomes a part of our query. Core judges what the values mean. */
const options = {
  $select: (value, query) => (query.select = list('$select', value)),
  $filter: (value, query) => (query.filter = text('$filter', value)),
  $search: (value, query) => (query.search = text('$search', value)),
  $orderby: (value, query) => (query.orderBy = list('$orderby', value)),
  $expand: (value, query) => (query.expand = text('$expand', value)),
  $count: (value, query) => {
    if (value !== 'true' && value !== 'false') throw badParameter('$count', 'is true or false');
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

/** @throws {RequestError} 400 naming the option */
export function toUserQuery(parameters: Parameters): UserQuery {
  const query: Mutable<UserQuery> = {};
  for (const [name, value] of parameters) (options as Record<string, Read>)[name]?.(value, query);
  return query;
}
