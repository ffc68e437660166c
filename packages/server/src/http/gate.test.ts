import { expect, it } from 'vitest';

import { RequestError } from '../errors/request-error.ts';
import { createGate } from './gate.ts';

it('one caller cannot take the places of all others', () => {
  const gate = createGate(3, 2);
  const own = [gate.enter('a'), gate.enter('a')];
  expect(() => gate.enter('a')).toThrow(RequestError);
  using other = gate.enter('b');
  expect(() => gate.enter('c')).toThrow(RequestError);
  own[0]?.[Symbol.dispose]();
  own[0]?.[Symbol.dispose]();
  expect(() => gate.enter('b')[Symbol.dispose]()).not.toThrow();
  expect(() => gate.enter('a')[Symbol.dispose]()).not.toThrow();
  expect(other).toBeDefined();
});

it('a caller gets its places back', () => {
  const gate = createGate(1);
  for (let turn = 0; turn < 3; turn += 1) gate.enter('a')[Symbol.dispose]();
  using _ = gate.enter('a');
  expect(() => gate.enter('b')).toThrow(RequestError);
});
