import { expect, it } from 'vitest';

import { compare, median } from './compare.ts';

const cost = (factor: number) => ({
  wallSeconds: factor,
  cpuSeconds: factor * 2,
  peakMegabytes: factor * 3,
});

it('returns the middle value, or the mean of the two middle values', () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([9, 1, 5, 6])).toBe(5.5);
  expect(median([])).toBeNaN();
});

it('compares within pairs, so that temporary load does not affect the ratio', () => {
  const pairs = [
    { ours: cost(1), peer: cost(2) },
    { ours: cost(10), peer: cost(20) },
    { ours: cost(3), peer: cost(4) },
  ];
  const { wallSeconds, peakMegabytes } = compare(pairs);
  expect(wallSeconds).toEqual({ ours: 3, peer: 4, ratio: 0.5, lowest: 0.5, highest: 0.75 });
  expect(peakMegabytes).toMatchObject({ ours: 9, peer: 12, ratio: 0.5 });
});
