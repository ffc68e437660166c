import { expect, it } from 'vitest';

import { preparedTextName } from './prepared-text.ts';

it.each([
  ['', 'help'],
  ['--help', 'help'],
  ['-h', 'help'],
  ['help', 'help'],
  ['--version', 'version'],
  ['-V', 'version'],
  ['version', 'version'],
  ['users -h', 'help-users'],
  ['help users list', 'help-users-list'],
  ['completion bash', 'completion-bash'],
])('rollcall %s: %s', (line, name) => {
  expect(preparedTextName(line.split(' ').filter((word) => word !== ''))).toBe(name);
});

it.each([
  'users list',
  'completion',
  'completion bash --quiet',
  '--version --quiet',
  'users list --help --quiet',
  '../users --help',
  'help ../../etc/passwd',
  'help __proto__',
])('rollcall %s: no prepared text', (line) => {
  expect(preparedTextName(line.split(' '))).toBeUndefined();
});
