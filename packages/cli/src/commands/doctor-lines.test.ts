import type { Verdict } from '@rollcall/core';
import { expect, it } from 'vitest';

import { createFakeContext } from '../testing/fake-context.ts';
import { doctorLines } from './doctor-lines.ts';

const ok: Verdict = {
  step: 'TLS',
  verdict: 'ok',
  message: 'All of it is well here.',
  milliseconds: 7,
};
const failed: Verdict = {
  step: 'token',
  verdict: 'failed',
  message: 'No.',
  hint: 'Ask the administrator of the network.',
  milliseconds: 1234,
  code: 'E_TOKEN_REFUSED',
  aadsts: 7000215,
  requestId: 'r-1',
};
const notTried: Verdict = {
  step: 'permission',
  verdict: 'not-run',
  message: 'Not tried, as token failed.',
  milliseconds: null,
};

function lines(options = {}) {
  const { console, remedies } = createFakeContext({}, options).context;
  return doctorLines(console, ['TLS', 'permission'], remedies);
}

it('formats columns: mark, step, time, message, and the hint under the message', () => {
  expect(lines().of(ok) + lines().of(failed)).toBe(
    [
      '✔ TLS             7 ms  All of it is well here.',
      '✖ token        1234 ms  No. (E_TOKEN_REFUSED, AADSTS7000215, request r-1)',
      '                        → Ask the administrator of the network.',
      '',
    ].join('\n'),
  );
});

it('keeps words in their column on a terminal, and an address in one piece', () => {
  const url = `https://login.example/${'x'.repeat(60)}`;
  const shown = lines({ terminal: true, columns: 70 }).of({
    ...failed,
    message: 'One two three four five six seven eight nine ten.',
    hint: `Open ${url} now.`,
  });
  expect(shown.split('\n')).toEqual([
    '✖ token        1234 ms  One two three four five six seven eight nine',
    '                        ten. (E_TOKEN_REFUSED, AADSTS7000215, request',
    '                        r-1)',
    '                        → Open',
    `                          ${url}`,
    '                          now.',
    '',
  ]);
});

it('gives every mistake in the settings a line, with its place', () => {
  const issue = { path: 'tenant', source: 'a.json:1:2', message: 'is missing', hint: 'Give it.' };
  const shown = lines().of({
    ...failed,
    message: 'Invalid configuration (2 errors): tenant …; clientId …',
    issues: [issue, { ...issue, path: 'clientId' }],
  });
  expect(shown).toContain('Invalid configuration (2 errors) (E_TOKEN_REFUSED');
  expect(shown).toContain(
    '\n                        • tenant (a.json:1:2): is missing. Give it.\n',
  );
  expect(shown).not.toContain('…');
});

it('ends with what it comes to', () => {
  expect(lines().closing([ok])).toBe('All checks passed.\n');
  expect(lines().closing([ok, { ...ok, verdict: 'warning', hint: 'Look.' }])).toBe(
    'All checks passed, 1 warning: TLS\n',
  );
  expect(lines().of(notTried)).toBe('');
  expect(lines().closing([ok, failed, notTried])).toBe(
    '– Skipped, because token failed: permission\n',
  );
});

it('lets nothing that the service message act on the terminal', () => {
  expect(lines().of({ ...ok, message: 'forged \u001B[2J\u202E' })).toContain(
    'forged \\u001b[2J\\u202e',
  );
});
