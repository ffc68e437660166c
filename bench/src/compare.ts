import type { Cost } from './measured-run.ts';

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low = Number.NaN, high = Number.NaN] = [
    sorted[Math.ceil(middle) - 1],
    sorted[Math.floor(middle)],
  ];
  return (low + high) / 2;
}

/** Two runs, one after the other, so that both met the same machine. */
export interface Pair {
  readonly ours: Cost;
  readonly peer: Cost;
}

const measures = ['wallSeconds', 'cpuSeconds', 'peakMegabytes'] as const;

export type Comparison = Readonly<
  Record<
    (typeof measures)[number],
    {
      /** Medians. */
      readonly ours: number;
      readonly peer: number;
      /** Ours for one of the peer's: below 1 we need less. The median of the pairs' ratios, and their extremes. */
      readonly ratio: number;
      readonly lowest: number;
      readonly highest: number;
    }
  >
>;

/** Compares pair by pair: what disturbs the machine for a minute disturbs both of a pair. */
export function compare(pairs: readonly Pair[]): Comparison {
  const entries = measures.map((measure) => {
    const ratios = pairs.map(({ ours, peer }) => ours[measure] / peer[measure]);
    return [
      measure,
      {
        ours: median(pairs.map(({ ours }) => ours[measure])),
        peer: median(pairs.map(({ peer }) => peer[measure])),
        ratio: median(ratios),
        lowest: Math.min(...ratios),
        highest: Math.max(...ratios),
      },
    ] as const;
  });
  return Object.fromEntries(entries) as Comparison;
}
