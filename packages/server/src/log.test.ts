import { expect, it } from 'vitest';

import { createLog } from './log.ts';

function capture(): { readonly lines: string[]; write(line: string): void } {
  const lines: string[] = [];
  return { lines, write: (line) => void lines.push(line) };
}

it('writes one JSON object a line, with time, level and event', () => {
  const output = capture();
  createLog(output)('warn', 'throttled', { attempt: 2, wait: 3_000 });
  expect(output.lines).toHaveLength(1);
  expect(JSON.parse(output.lines[0] ?? '')).toEqual({
    level: 'warn',
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/u),
    event: 'throttled',
    attempt: 2,
    wait: 3_000,
  });
});

it('drops every field that is not on its list', () => {
  const output = capture();
  createLog(output)('error', 'odd', {
    userPrincipalName: 'canary',
    url: 'canary',
    token: 'canary',
    status: 500,
  });
  expect(output.lines.join('')).not.toContain('canary');
  expect(JSON.parse(output.lines[0] ?? '')).toMatchObject({ status: 500 });
});

it('faults A8 row 90: keeps one line a line whatever a value holds', () => {
  const output = capture();
  const log = createLog(output);
  for (let code = 0; code < 0x2_100; code += 1)
    log('info', 'value', { why: `a${String.fromCharCode(code)}\r\n{"level":"forged"}` });
  const lines = output.lines.join('').trimEnd().split('\n');
  expect(lines).toHaveLength(0x2_100);
  for (const line of lines) expect(JSON.parse(line)).toMatchObject({ level: 'info' });
});
