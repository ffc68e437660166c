import { array, constantFrom, oneof, sample, string } from 'fast-check';
import { events } from '@rollcall/core';
import { expect, it } from 'vitest';

import { logLines } from './log-lines.ts';
import { createConsole } from '../terminal/console.ts';
import type { Presentation } from '../terminal/presentation.ts';
import { createFakeHost } from '../testing/fake-host.ts';

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

it('prints warnings always, the rest when verbose, and nothing when quiet', () => {
  const warning =
    'warning: Giving up after 8 attempts (E_UNAVAILABLE): the maximum number of attempts is reached\n';
  for (const [changes, expected] of [
    [{}, warning],
    [
      { verbose: true },
      `info: The request failed (E_NETWORK, attempt 1), retrying in 0.5 s\n${warning}`,
    ],
    [{ quiet: true }, ''],
  ] as const) {
    const { log, text } = logged(changes);
    log('retrying', { wait: 500, attempt: 1, code: 'E_NETWORK', requestId: undefined });
    log('retries-exhausted', { reason: 'attempts', attempt: 8, code: 'E_UNAVAILABLE' });
    expect(text()).toBe(expected);
  }
});

it('prints every event of the registry, in JSON with all its fields', () => {
  const samples = { text: 'text', flag: true } as const;
  for (const [name, { fields }] of Object.entries(events)) {
    const given = Object.fromEntries(
      Object.entries(fields).map(([field, kind]) => {
        const value = samples[kind.replace('?', '') as keyof typeof samples] ?? 500;
        return [field, value];
      }),
    );
    const { log, text } = logged({ logFormat: 'json', verbose: true });
    log(name as 'circuit-closed', given);
    expect(JSON.parse(text())).toMatchObject({ event: name, ...given });
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
  for (const value of values)
    log('settings-warning', { path: 'proxy', source: 'test', message: value, hint: '' });
  const lines = text()
    .split(/[\n\r\u0085\u2028\u2029]/u)
    .slice(0, -1);
  expect(lines).toHaveLength(10_000);
  for (const [at, line] of lines.entries()) {
    expect(line).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
    expect((JSON.parse(line) as { message: string }).message).toBe(
      values[at]?.toWellFormed?.() ?? '',
    );
  }
});

it('faults A8 row 89, 90: as text too, one event is one line that paints nothing', () => {
  const { log, text } = logged();
  log('settings-warning', {
    path: 'proxy',
    source: 'test',
    message: 'a\r\nerror: b\u001B[31m\u202E\u2028',
    hint: 'Fix it.',
  });
  expect(text()).toBe(
    'warning: proxy (test): a\\u000d\\u000aerror: b\\u001b[31m\\u202e\\u2028. Fix it.\n',
  );
});
