import { assert, property, string } from 'fast-check';
import { expect, it } from 'vitest';

import { safeText } from './safe-text.ts';

it.each([
  ['a line end', 'a\r\nb', 'a\\u000d\\u000ab'],
  ['an escape sequence', '\u001B[2J', '\\u001b[2J'],
  ['a C1 control', '\u009B31m', '\\u009b31m'],
  ['an override of the direction', '\u202Egpj.exe', '\\u202egpj.exe'],
  ['an Arabic letter mark', '\u061C', '\\u061c'],
  ['a line separator', '\u2028', '\\u2028'],
  ['an invisible character', 'a\u200Bb\uFEFF', 'a\\u200bb\\ufeff'],
  ['half a surrogate pair', '\uD800', '\\ud800'],
])('escapes %s', (_what, text, expected) => {
  expect(safeText(text)).toBe(expected);
});

it.each(['王小明 é', '👩‍👩‍👧', 'می\u200Cخواهم', "O'Brien, Ltd."])('keeps %s', (text) => {
  expect(safeText(text)).toBe(text);
});

it('leaves nothing that a terminal acts on, and is stable', () => {
  assert(
    property(string({ unit: 'binary' }), (text) => {
      const safe = safeText(text);
      expect(safe).not.toMatch(/[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]/u);
      expect(safeText(safe)).toBe(safe);
    }),
  );
});
