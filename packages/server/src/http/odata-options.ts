import type { UserQuery } from '@rollcall/core';
import { type QueryOptionName, readQueryOption, spelledQuery } from '@rollcall/core/command-line';
import { z } from 'zod';

/** Graph's codes for options whose invalid values are not a `BadRequest`. */
const graphCodes: Partial<Record<QueryOptionName, string>> = { top: 'Request_UnsupportedQuery' };

/** Returns the schema of one option: its value as a part of a query. */
function option(name: QueryOptionName, description: string) {
  return z
    .string()
    .transform((value, context): UserQuery => {
      const { query, problem } = readQueryOption(name, value);
      if (query !== undefined) return query;
      context.addIssue({
        code: 'custom',
        message: problem,
        params: { graphCode: graphCodes[name] },
      });
      return z.NEVER;
    })
    .optional()
    .meta({ description });
}

/** Graph's query options as schemas of a request's parameters. Core reads and checks the values. */
export const odataOptions = {
  $select: option('select', 'Properties to return, separated by commas'),
  $filter: option('filter', 'OData filter expression'),
  $search: option('search', 'Search expression with its quotation marks: "displayName:ada"'),
  $orderby: option('orderby', 'Properties to sort by, each with an optional desc'),
  $expand: option('expand', 'Relationship to include: manager, or manager($select=…)'),
  $count: option('count', 'Whether the first page contains the number of all matching users'),
  $top: option('top', 'Users in one page, 1 to 999; 100 when absent'),
} as const;

/** The values of options, as their schemas return them. */
export type OdataValues = Readonly<
  Partial<Record<keyof typeof odataOptions, UserQuery | undefined>>
>;

/** Returns the query of OData options, with the names of properties in Graph's spelling. */
export function toUserQuery(values: OdataValues): UserQuery {
  const parts = Object.values(values).filter((part) => part !== undefined);
  return spelledQuery(Object.assign({}, ...parts) as UserQuery);
}
