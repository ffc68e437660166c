import { array, constantFrom, oneof, sample, string } from 'fast-check';
import { expect, it } from 'vitest';

import { logLines } from './log-lines.ts';
import { createConsole } from './terminal/console.ts';
import type { Presentation } from './terminal/presentation.ts';
import { createFakeHost } from './testing/fake-host.ts';

function logged(changes: Partial<Presentation> = {}) {
  const fake = createFakeHost();
  const presentation: Presentation = {
    quiet: false,
    verbose: false,
    logFormat: 'text',
    color: false,
    progress: false,
    ...changes,
  };
  const console = createConsole(fake.host, presentation, new AbortController().signal);
  return { log: logLines(console), text: () => fake.stderr() };
}

it('says warnings always, the rest when verbose, and nothing when quiet', () => {
  for (const [changes, expected] of [
    [{}, 'warning: gave up why=attempts attempt=8\n'],
    [{ verbose: true }, 'info: retrying wait=500\nwarning: gave up why=attempts attempt=8\n'],
    [{ quiet: true }, ''],
  ] as const) {
    const { log, text } = logged(changes);
    log('info', 'retrying', { wait: 500, code: undefined });
    log('warn', 'gave-up', { why: 'attempts', attempt: 8 });
    expect(text()).toBe(expected);
  }
});

const nasty = oneof(
  string({ unit: 'binary' }),
  constantFrom('\r\n', '\u001B[2J', '\u2028', '\u2029', '\u202E', '\u0085', '"}\n{"level":"error'),
);

it('faults A8 row 90: 10,000 hostile values give 10,000 lines, each one JSON object', () => {
  const { log, text } = logged({ logFormat: 'json' });
  const values = sample(
    array(nasty).map((parts) => parts.join('')),
    10_000,
  );
  for (const value of values) log('warn', 'settings', { value });
  const lines = text()
    .split(/[\n\r\u0085\u2028\u2029]/u)
    .slice(0, -1);
  expect(lines).toHaveLength(10_000);
  for (const [at, line] of lines.entries()) {
    expect(line).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
    expect((JSON.parse(line) as { value: string }).value).toBe(values[at]?.toWellFormed?.() ?? '');
  }
});

it('faults A8 row 89, 90: as text too, one event is one line that paints nothing', () => {
  const { log, text } = logged();
  log('warn', 'settings', { value: 'a\r\nerror: b\u001B[31m\u202E\u2028' });
  expect(text()).toBe('warning: settings value="a\\r\\nerror: b\\u001b[31m\\u202e\\u2028"\n');
});
