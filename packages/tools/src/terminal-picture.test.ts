import { expect, it } from 'vitest';

import { columns, terminalPicture, wrap } from './terminal-picture.ts';

it('counts columns as a terminal does', () => {
  expect(columns('Ada')).toBe(3);
  expect(columns('東京')).toBe(4);
  expect(columns('e\u0301')).toBe(1);
});

it('wraps lines that are too long, and keeps empty lines', () => {
  const lines = [
    { kind: 'command', text: 'abcdef' },
    { kind: 'output', text: '' },
  ] as const;
  expect(wrap(lines, 4)).toEqual([
    { kind: 'command', text: 'abcd' },
    { kind: 'command', text: 'ef' },
    { kind: 'output', text: '' },
  ]);
});

it('draws escaped text, each cell at its column', () => {
  const svg = terminalPicture('A & B', [{ kind: 'output', text: '<東京>  Tower' }], 40);
  expect(svg).toContain('<title>A &amp; B</title>');
  expect(svg).toContain('<tspan x="16.0">&lt;東京&gt;</tspan><tspan x="83.2">Tower</tspan>');
});
