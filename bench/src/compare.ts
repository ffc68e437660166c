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

/** Two runs, one after the other, under the same load of the machine. */
export interface Pair {
  readonly ours: Cost;
  readonly peer: Cost;
}

const measures = ['wallSeconds', 'cpuSeconds', 'peakMegabytes'] as const;

export type Comparison = Readonly<
  Record<
    (typeof measures)[number],
    {
      /** The median of all runs. */
      readonly ours: number;
      readonly peer: number;
      /** Rollcall's cost divided by the peer's; below 1 means that rollcall needs less. The median of all pairs. */
      readonly ratio: number;
      readonly lowest: number;
      readonly highest: number;
    }
  >
>;

/** Compares pair by pair, because other load on the machine usually affects both runs of a pair. */
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
