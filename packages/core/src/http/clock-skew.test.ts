import { describe, expect, it } from 'vitest';

import { describeSkew, measureSkew } from './clock-skew.ts';

const wall = Date.UTC(2026, 10, 22, 12);

describe('faults A5 row 53: clock skew', () => {
  it.each([
    ['Sun, 22 Nov 2026 12:00:00 GMT', 0, "as the service's clock says"],
    ['Sun, 22 Nov 2026 11:59:00 GMT', 60_000, "which is 60 s ahead of the service's clock"],
    ['Sun, 22 Nov 2026 12:10:00 GMT', -600_000, "which is 10 min behind the service's clock"],
  ])('%s is %d ms', (date, skew, words) => {
    expect(measureSkew({ date }, wall)).toBe(skew);
    expect(describeSkew(skew)).toBe(words);
  });

  it('is unknown without a date', () => {
    expect(measureSkew({}, wall)).toBeUndefined();
    expect(measureSkew({ date: 'soon' }, wall)).toBeUndefined();
  });
});
