import type { Unsettled } from '../unsettled.ts';

/** How a value stands to the bound: negative, zero or positive, as for `Array.sort`. */
export type StringOrder = (value: string) => number;

function ordinal(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

const culture = new Intl.Collator('en-US', { sensitivity: 'accent' });

/** How a directory can compare strings with a bound. It is not documented, so that a client must not depend on it. */
export const stringOrders = {
  ordinal: (bound) => (value) => ordinal(value, bound),
  'ignore-case': (bound) => {
    const folded = bound.toUpperCase();
    return (value) => ordinal(value.toUpperCase(), folded);
  },
  culture: (bound) => (value) => culture.compare(value, bound),
} satisfies Record<Unsettled['comparer'], (bound: string) => StringOrder>;
