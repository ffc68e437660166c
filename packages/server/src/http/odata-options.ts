import type { UserQuery } from '@rollcall/core';
import { type QueryOptionName, readQueryOption, spelledQuery } from '@rollcall/core/command-line';
import { z } from 'zod';

/** Graph's codes for options whose invalid values are not a `BadRequest`. */
const graphCodes: Partial<Record<QueryOptionName, string>> = { top: 'Request_UnsupportedQuery' };

/** A schema of the interface document. */
interface Documented {
  readonly type: 'string' | 'integer';
  readonly pattern?: string;
  readonly enum?: string[];
  readonly minimum?: number;
  readonly maximum?: number;
}

/** What core accepts, in the terms of the interface document. A test compares both. */
const list: Documented = {
  type: 'string',
  pattern: String.raw`^\s*[^,\s][^,]*(,\s*[^,\s][^,]*)*$`,
};
const text: Documented = { type: 'string', pattern: String.raw`\S` };
const flag: Documented = { type: 'string', enum: ['true', 'false'] };
const pageSize: Documented = { type: 'integer', minimum: 1, maximum: 999 };

/**
 * Returns the schema of one option: its value as a part of a query.
 * @param documented its schema in the interface document
 */
function option(name: QueryOptionName, description: string, documented: Documented) {
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
    .meta({ description, override: documented });
}

/** Graph's query options as schemas of a request's parameters. Core reads and checks the values. */
export const odataOptions = {
  $select: option('select', 'Properties to return, separated by commas', list),
  $filter: option('filter', 'OData filter expression', text),
  $search: option('search', 'Search expression with its quotation marks: "displayName:ada"', text),
  $orderby: option('orderby', 'Properties to sort by, each with an optional desc', list),
  $expand: option('expand', 'Relationship to include: manager, or manager($select=…)', text),
  $count: option('count', 'Whether the first page contains the number of all matching users', flag),
  $top: option('top', 'Users in one page, 1 to 999; 100 when absent', pageSize),
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
