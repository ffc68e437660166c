import { expect, it } from 'vitest';

import { createProgress } from './progress.ts';
import { createConsole } from '../terminal/console.ts';
import { createFakeHost } from '../testing/fake-host.ts';

function watched(progress = true, columns = 200) {
  const fake = createFakeHost({ terminal: true, columns });
  const console = createConsole(
    fake.host,
    { quiet: false, verbose: false, logFormat: 'text', color: false, progress },
    new AbortController().signal,
  );
  const clock = { now: 0 };
  const lines = () => fake.stderr().split('\r\u001B[K').filter(Boolean);
  return { console, clock, lines, progress: createProgress(console, () => clock.now) };
}

it('says how much, how fast, and how long still', () => {
  const { clock, progress, lines } = watched();
  clock.now = 10_000;
  progress.add(1000, { users: 1000, total: 4000 });
  expect(lines()).toEqual([
    '█████░░░░░░░░░░░░░░░ 25 % · 1,000 of 4,000 users · 1 page · 100/s · 30 s left',
  ]);
});

it('shows no bar if the total is unknown', () => {
  const { clock, progress, lines } = watched();
  clock.now = 2000;
  progress.add(999, { users: 999, total: null });
  expect(lines()).toEqual(['999 users · 1 page · 500/s']);
});

it.each([
  [200, /^█+ 99 % · 998,001 of 1,000,000 users · 999 pages · 4,995\/s · 1 s left$/u],
  [80, /^█+ 99 % · 998,001 of 1,000,000 users · 4,995\/s · 1 s left$/u],
  [60, /^998,001 of 1,000,000 users · 4,995\/s · 1 s left$/u],
])('says on %i columns what fits, whole', (columns, expected) => {
  const { clock, progress, lines } = watched(true, columns);
  for (let page = 1; page <= 999; page += 1) {
    clock.now = page * 200;
    progress.add(999, { users: page * 999, total: 1_000_000 });
  }
  expect(lines().at(-1)).toMatch(expected);
});

it('says why nothing moves', () => {
  const { clock, progress, lines } = watched();
  clock.now = 1000;
  progress.add(10);
  progress.wait(90_500, 'throttled');
  expect(lines().at(-1)).toBe('waiting 2 min: throttled · 10 users · 1 page · 10/s');
});

it('does not flicker, and leaves no line behind', () => {
  const { clock, progress, lines, console } = watched();
  clock.now = 1000;
  progress.add(1);
  clock.now = 1050;
  progress.add(1);
  expect(lines()).toHaveLength(1);
  console.say({ level: 'warn', event: 'x', text: 'warning: x' });
  expect(lines().at(-1)).toBe('warning: x\n1 users · 1 page · 1/s');
  progress[Symbol.dispose]();
  expect(lines()).toHaveLength(2);
});

it('shows nothing where there is no terminal', () => {
  const { progress, lines, clock } = watched(false);
  clock.now = 1000;
  progress.add(5);
  progress.wait(1000, 'throttled');
  expect(lines()).toEqual([]);
});

it('counts what an earlier run had read, and takes the rate from this one', () => {
  const { clock, progress, lines } = watched();
  clock.now = 10_000;
  progress.add(100, { users: 3000, total: 4000 });
  expect(lines()).toEqual([
    '███████████████░░░░░ 75 % · 3,000 of 4,000 users · 1 page · 10/s · 2 min left',
  ]);
});

it('makes room for data on the same screen', async () => {
  const { clock, progress, console, lines } = watched();
  clock.now = 1000;
  progress.add(1);
  await console.write('Ada\n');
  console.say({ level: 'warn', event: 'x', text: 'warning: x' });
  expect(lines()).toEqual(['1 users · 1 page · 1/s', 'warning: x\n']);
});
