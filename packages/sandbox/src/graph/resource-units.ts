import type { QueryOptions } from './query/query-options.ts';
import type { Route } from './route.ts';

/** Base cost of each operation, and what `$select` makes of it (6.2; paths the table leaves out cost 1). */
const costs = {
  list: { base: 2, selected: 1 },
  count: { base: 1, selected: 1 },
  delta: { base: 1, selected: 1 },
  user: { base: 1, selected: 1 },
  directReports: { base: 1, selected: 1 },
  directReportUsers: { base: 1, selected: 1 },
  manager: { base: 1, selected: 1 },
} satisfies Record<Exclude<Route['to'], 'batch'>, { base: number; selected: number }>;

/** Resource units of one request: `$expand` adds one, `$top` below 20 takes one off, and nothing is free. */
export function resourceUnits(to: keyof typeof costs, options: QueryOptions): number {
  const { base, selected } = costs[to];
  const expand = options.$expand === undefined ? 0 : 1;
  const small = options.$top !== undefined && Number(options.$top) < 20 ? 1 : 0;
  return Math.max(1, (options.$select === undefined ? base : selected) + expand - small);
}
