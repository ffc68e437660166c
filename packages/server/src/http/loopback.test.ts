import { expect, it } from 'vitest';

import { isLoopback } from './loopback.ts';

it.each(['127.0.0.1', '127.9.8.7', '::1', 'localhost'])('%s is loopback', (host) => {
  expect(isLoopback(host)).toBe(true);
});

it.each([
  '0.0.0.0',
  '::',
  '10.0.0.1',
  '128.0.0.1',
  '::2',
  '',
  'localhost.attacker.example',
  '127.0.0.1.nip.example',
  '*',
])('%s is not', (host) => {
  expect(isLoopback(host)).toBe(false);
});
