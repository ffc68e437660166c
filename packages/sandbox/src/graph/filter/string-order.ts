import type { Unsettled } from '../unsettled.ts';

/** How a value stands to the bound: negative, zero or positive, as for `Array.sort`. */
export type StringOrder = (value: string) => number;

function ordinal(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

const culture = new Intl.Collator('en-US', { sensitivity: 'accent' });

/** How a directory might compare strings with a bound: nobody outside knows, so a client must not care. */
export const stringOrders = {
  ordinal: (bound) => (value) => ordinal(value, bound),
  'ignore-case': (bound) => {
    const folded = bound.toUpperCase();
    return (value) => ordinal(value.toUpperCase(), folded);
  },
  culture: (bound) => (value) => culture.compare(value, bound),
} satisfies Record<Unsettled['comparer'], (bound: string) => StringOrder>;
