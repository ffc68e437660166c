import type { Unsettled } from '../unsettled.ts';

/** Negative, zero or positive, as for `Array.sort`. */
export type StringOrder = (a: string, b: string) => number;

function ordinal(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

const culture = new Intl.Collator('en-US', { sensitivity: 'accent' });

/** How a directory might compare strings: nobody outside knows, so a client must not care. */
export const stringOrders = {
  ordinal,
  'ignore-case': (a, b) => ordinal(a.toUpperCase(), b.toUpperCase()),
  culture: (a, b) => culture.compare(a, b),
} satisfies Record<Unsettled['comparer'], StringOrder>;
