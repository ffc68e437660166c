import type { QueryOptions } from './query/query-options.ts';
import type { ReadingRoute, SetPath } from './route.ts';

interface Cost {
  readonly base: number;
  /** With `$select`. */
  readonly selected: number;
}

/** The cost of a path that the table leaves out. */
const unlisted: Cost = { base: 1, selected: 1 };

/** The cost of a page of each set (6.2). */
const pageCosts: { readonly [of in SetPath['of']]?: Cost } = {
  users: { base: 2, selected: 1 },
  members: { base: 3, selected: 2 },
  transitiveMembers: { base: 5, selected: 4 },
};

/** Resource units of one request: `$expand` adds one, `$top` below 20 takes one off, and nothing is free. */
export function resourceUnits(route: ReadingRoute, options: QueryOptions): number {
  const { base, selected } =
    (route.to === 'list' ? pageCosts[route.set.of] : undefined) ?? unlisted;
  const expand = options.$expand === undefined ? 0 : 1;
  const small = options.$top !== undefined && Number(options.$top) < 20 ? 1 : 0;
  return Math.max(1, (options.$select === undefined ? base : selected) + expand - small);
}
