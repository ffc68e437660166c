import { readFileSync } from 'node:fs';

import { events } from '@rollcall/core';
import { expect, it } from 'vitest';

import { createLog } from './log.ts';
import { serverEvents } from './server-events.ts';

function capture(): { readonly lines: string[]; write(line: string): void } {
  const lines: string[] = [];
  return { lines, write: (line) => void lines.push(line) };
}

it('writes one JSON object a line, with time, level and event', () => {
  const output = capture();
  createLog(output)('throttled', { attempt: 2, wait: 3_000, code: 'E_THROTTLED' });
  expect(output.lines).toHaveLength(1);
  expect(JSON.parse(output.lines[0] ?? '')).toEqual({
    level: 'warn',
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/u),
    event: 'throttled',
    attempt: 2,
    wait: 3_000,
    code: 'E_THROTTLED',
  });
});

it('writes every field of every event in the registry', () => {
  const samples = { text: 'text', flag: true } as const;
  for (const [name, { fields }] of Object.entries(serverEvents)) {
    const output = capture();
    const given = Object.fromEntries(
      Object.entries(fields).map(([field, kind]) => {
        const sample = samples[kind.replace('?', '') as keyof typeof samples];
        return [field, sample ?? 500];
      }),
    );
    createLog(output, 'debug')(name as 'stopped', given);
    expect(JSON.parse(output.lines[0] ?? '')).toMatchObject({ event: name, ...given });
  }
});

it('refuses an event and a field that are not in the registry', () => {
  const log = createLog(capture()) as (event: string, fields: object) => void;
  expect(() => log('odd', {})).toThrow('The event odd is not registered.');
  expect(() => log('stopped', { userPrincipalName: 'canary' })).toThrow(
    'The event stopped has no field userPrincipalName.',
  );
});

it('faults A8 row 90: writes one line per event with any value', () => {
  const output = capture();
  const log = createLog(output);
  for (let code = 0; code < 0x2_100; code += 1)
    log('stopping', { signal: `a${String.fromCharCode(code)}\r\n{"level":"forged"}` });
  const lines = output.lines.join('').trimEnd().split('\n');
  expect(lines).toHaveLength(0x2_100);
  for (const line of lines) expect(JSON.parse(line)).toMatchObject({ level: 'info' });
});

it('docs/reference/events.md lists every event of the server with its fields', async () => {
  const file = new URL('../../../../docs/reference/events.md', import.meta.url);
  const begin = '<!-- generated from the registry of the server: vitest -u writes it -->\n';
  const end = '<!-- end of the part of the server -->';
  const own = Object.entries(serverEvents).filter(([name]) => !(name in events));
  const rows = own.map(([name, { level, fields }]) => {
    const columns = Object.entries(fields).map(
      ([field, kind]) => `\`${field}\`${kind.endsWith('?') ? '?' : ''} (${kind.replace('?', '')})`,
    );
    const levels = typeof level === 'function' ? 'depends on the fields' : level;
    return `| \`${name}\` | ${levels} | ${columns.join(', ')} |`;
  });
  const table = ['| event | level | fields |', '|---|---|---|', ...rows, ''].join('\n');
  const [before = '', rest = ''] = readFileSync(file, 'utf8').split(begin);
  const [, after = ''] = rest.split(end);
  await expect(`${before}${begin}${table}${end}${after}`).toMatchFileSnapshot(file.pathname);
});
