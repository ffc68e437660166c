import { expect, it } from 'vitest';

import { lowest, type Ratio, regressions } from './regression.ts';

const ratio = (measured: number): Ratio => ({ what: 'a ratio', measured, recorded: 1 });

it('accepts a ratio that is up to a fifth above the recorded one', () => {
  expect(regressions([ratio(0.5), ratio(1), ratio(1.2)])).toEqual([]);
});

it('reports ratios that are further above, and those that are not a number', () => {
  const bad = [ratio(1.21), ratio(5), ratio(Number.NaN)];
  expect(regressions([ratio(1), ...bad])).toEqual(bad);
});

it('takes the lower one of two measurements, and none that is missing', () => {
  const twice = lowest([ratio(1.5), ratio(1.1), ratio(1)], [ratio(1.1), ratio(1.5)]);
  expect(twice.map(({ measured }) => measured)).toEqual([1.1, 1.1, Number.NaN]);
});
