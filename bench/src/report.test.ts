import { expect, it } from 'vitest';

import { chart } from './chart.ts';
import { type Part, reportText } from './report.ts';

const part = <Row>(...rows: readonly Row[]): Part<Row> => ({
  date: '2026-11-26',
  machine: '2 cores',
  rows,
});
const spread = (median: number) => ({ median, lowest: median / 2, highest: median * 2 });
const nothing = { startUp: undefined, clients: undefined, numbers: undefined, outage: undefined };

it('marks each target as met or missed', () => {
  const text = reportText({
    ...nothing,
    numbers: part(
      { what: 'fast', target: 'at most 1', measured: '0.5', isMet: true },
      { what: 'small', target: 'under 1 MB', measured: '2 MB', isMet: false },
    ),
  });
  expect(text).toContain('| fast | at most 1 | 0.5 | met |');
  expect(text).toContain('| small | under 1 MB | 2 MB | **missed** |');
  expect(text).toContain('## Outage\n\nNot measured yet.');
});

it('compares each client with the parse loop, and says why one has no figures', () => {
  const cell = { users: 10, latency: 0, runs: 3, requests: 1, resourceUnits: 2 };
  const costs = { cpuSeconds: spread(1), peakMegabytes: spread(50) };
  const text = reportText({
    ...nothing,
    clients: part(
      { ...cell, ...costs, client: 'parse-loop', wallSeconds: spread(4) },
      { ...cell, ...costs, client: 'rollcall', wallSeconds: spread(1) },
      { users: 10, latency: 0, client: 'm365', skipped: 'not installed' },
    ),
  });
  expect(text).toContain('### 10 users, 0 ms per response\n\nMedian of 3 runs (lowest–highest).');
  expect(text).toContain('| rollcall | 1.0 (0.5–2.0) | 0.25 |');
  expect(text).toContain('| m365 entra user list, 100 per page | not installed |');
});

it('draws one bar per client, as long as its value', () => {
  const svg = chart('Seconds', 's', [
    { name: 'a & b', value: 1, isOurs: true },
    { name: 'c', value: 2, isOurs: false },
  ]);
  expect(svg.match(/<rect/gu)).toHaveLength(2);
  expect(svg).toContain('a &amp; b');
  const lengths = [...svg.matchAll(/<rect [^>]*width="(?<length>[\d.]+)"/gu)];
  const [one, two] = lengths.map(({ groups }) => Number(groups?.['length']));
  expect((two ?? 0) / (one ?? 1)).toBeCloseTo(2);
});
