import { array, assert, property, string } from 'fast-check';
import { expect, it } from 'vitest';

import { bytesOf } from './bytes-of.ts';

it('is the texts one after the other, in UTF-8, however long they are and wherever they come from', () => {
  assert(
    property(array(string({ unit: 'grapheme', maxLength: 20_000 }), { maxLength: 20 }), (texts) => {
      const expected = Buffer.from(texts.join(''));
      const pieces = [...bytesOf(texts)];
      expect(Buffer.concat(pieces).equals(expected)).toBe(true);
      expect(pieces.every(({ length }) => length > 0 && length <= 200_000)).toBe(true);
    }),
    { numRuns: 200 },
  );
});

it('makes the sign of a lost half of a lone surrogate, as all of Node does', () => {
  expect(Buffer.concat([...bytesOf(['a\uD800', 'b'])]).toString()).toBe('a\uFFFDb');
});
