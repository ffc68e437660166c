import { stripVTControlCharacters } from 'node:util';

import { expect, it } from 'vitest';

import { wrapMessage } from './wrap-message.ts';

it('wraps with a hanging indent, each line by itself, and keeps short lines', () => {
  expect(
    wrapMessage('error: one two three four\n  hint: five six seven eight\n  code: X', 16),
  ).toBe(
    ['error: one two', '  three four', '  hint: five six', '    seven eight', '  code: X'].join(
      '\n',
    ),
  );
});

it('breaks neither URLs nor commands in backticks, and does not count colors', () => {
  const url = `https://login.example/${'x'.repeat(40)}`;
  const lines = wrapMessage(`  hint: Open ${url} or run \`rollcall config check\` now.`, 30).split(
    '\n',
  );
  expect(lines).toEqual([
    '  hint: Open',
    `    ${url}`,
    '    or run',
    '    `rollcall config check`',
    '    now.',
  ]);
  const colored = '\u001B[1merror:\u001B[22m one two three';
  expect(wrapMessage(colored, 20)).toBe(colored);
  expect(stripVTControlCharacters(wrapMessage(colored, 14))).toBe('error: one two\n  three');
});
