import type { UserQuery } from '@rollcall/core';

import type { ArgumentsOf, Options } from '../arguments/command.ts';
import { collectionFrom, collectionOptions } from './collection-options.ts';

const group = 'Query';

export const filterOptions = {
  filter: { kind: 'text', placeholder: 'EXPR', describe: 'OData $filter expression', group },
  search: {
    kind: 'text',
    placeholder: 'TEXT',
    describe: 'OData $search expression, such as "displayName:ada"',
    group,
  },
} as const satisfies Options;

export const selectOptions = {
  select: { kind: 'list', placeholder: 'A,B', describe: 'Properties to return', group },
} as const satisfies Options;

export const expandOptions = {
  expand: {
    kind: 'text',
    placeholder: 'RELATION',
    describe: 'Include a related object (manager)',
    group,
  },
} as const satisfies Options;

export const queryOptions = {
  ...collectionOptions,
  ...selectOptions,
  ...filterOptions,
  'order-by': { kind: 'list', placeholder: 'PROPERTY [desc]', describe: 'Sort by property', group },
  ...expandOptions,
  advanced: {
    kind: 'flag',
    describe: 'Send an advanced query (ConsistencyLevel: eventual)',
    group,
  },
  limit: {
    kind: 'whole-number',
    min: 1,
    placeholder: 'N',
    describe: 'Maximum number of users to return',
    group,
  },
  'page-size': {
    kind: 'whole-number',
    min: 1,
    max: 999,
    placeholder: 'N',
    describe: 'Users per page, 1 to 999 (default 999)',
    group,
  },
} as const satisfies Options;

/** Returns the query of the flags. Options that are not set are absent. */
export function queryFrom(args: ArgumentsOf<typeof queryOptions>): UserQuery {
  const query: UserQuery = {
    of: collectionFrom(args),
    select: args.select,
    filter: args.filter,
    search: args.search,
    orderBy: args['order-by'],
    expand: args.expand,
    advanced: args.advanced ? true : undefined,
    limit: args.limit,
    pageSize: args['page-size'],
  };
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined));
}
