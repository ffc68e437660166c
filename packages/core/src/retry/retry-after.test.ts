import { expect, it } from 'vitest';

import { parseHttpDate } from '../http/http-date.ts';
import { parseRetryAfter } from './retry-after.ts';

const wall = Date.UTC(2026, 10, 22, 12, 0, 0);
const ask = (value: string, date?: string): number | undefined =>
  parseRetryAfter({ 'retry-after': value, ...(date === undefined ? {} : { date }) }, wall);

it('faults A1 row 1: reads whole seconds', () => {
  expect(ask('3')).toBe(3000);
  expect(ask(' 120 ')).toBe(120_000);
});

it.each([
  ['IMF-fixdate', 'Sun, 22 Nov 2026 12:00:07 GMT'],
  ['RFC 850', 'Sunday, 22-Nov-26 12:00:07 GMT'],
  ['asctime', 'Sun Nov 22 12:00:07 2026'],
])('faults A1 row 2: reads an HTTP date in the form %s', (_form, date) => {
  expect(ask(date)).toBe(7000);
});

it('faults A1 row 2: counts a date from the Date of the answer, not from our clock', () => {
  expect(ask('Sun, 22 Nov 2026 13:00:07 GMT', 'Sun, 22 Nov 2026 13:00:00 GMT')).toBe(7000);
});

it('faults A1 row 3: an empty or missing header says nothing', () => {
  expect(ask('')).toBeUndefined();
  expect(parseRetryAfter({}, wall)).toBeUndefined();
});

it('faults A1 row 4: a past date asks for no wait', () => {
  expect(ask('Sun, 22 Nov 2026 11:00:00 GMT')).toBe(0);
  expect(ask('0')).toBe(0);
});

it.each(['-5', 'soon', '0x10', '1e3', '1.5', '1, 5', '+3', '12345678901', '2026-11-22T12:00:07Z'])(
  'faults A1 row 5: %j says nothing',
  (value) => {
    expect(ask(value)).toBeUndefined();
  },
);

it.each([
  'Sun, 31 Feb 2026 12:00:00 GMT',
  'Sun, 22 Foo 2026 12:00:00 GMT',
  'Sun, 22 Nov 2026 25:00:00 GMT',
  'Sun, 22 Nov 2026 12:00:00 CET',
  '5',
])('takes %j for no date', (text) => {
  expect(parseHttpDate(text, wall)).toBeUndefined();
});

it('takes a two-digit year over 50 years ahead for a past one', () => {
  expect(parseHttpDate('Sunday, 06-Nov-94 08:49:37 GMT', wall)).toBe(
    Date.UTC(1994, 10, 6, 8, 49, 37),
  );
});
