import type { UserQuery } from '@rollcall/core';

import type { ArgumentsOf, Options } from '../command.ts';

const group = 'Query';

export const filterOptions = {
  filter: { kind: 'text', placeholder: 'EXPR', describe: 'OData filter, as Graph takes it', group },
  search: { kind: 'text', placeholder: 'TEXT', describe: 'Search, as in "displayName:ada"', group },
} as const satisfies Options;

export const selectOptions = {
  select: { kind: 'list', placeholder: 'A,B', describe: 'Properties to read', group },
} as const satisfies Options;

export const queryOptions = {
  ...selectOptions,
  ...filterOptions,
  'order-by': { kind: 'list', placeholder: 'P[ desc]', describe: 'Properties to sort by', group },
  expand: { kind: 'text', placeholder: 'P', describe: 'Read a related object too: manager', group },
  limit: {
    kind: 'whole-number',
    min: 1,
    placeholder: 'N',
    describe: 'Stop after N users in all',
    group,
  },
  'page-size': {
    kind: 'whole-number',
    min: 1,
    max: 999,
    placeholder: 'N',
    describe: 'Users in one page, 1 to 999 (default 999)',
    group,
  },
} as const satisfies Options;

/** @returns the query that the flags ask for, without the parts nobody asked for */
export function queryFrom(args: ArgumentsOf<typeof queryOptions>): UserQuery {
  const query: UserQuery = {
    select: args.select,
    filter: args.filter,
    search: args.search,
    orderBy: args['order-by'],
    expand: args.expand,
    limit: args.limit,
    pageSize: args['page-size'],
  };
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined));
}
