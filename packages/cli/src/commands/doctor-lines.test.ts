import type { Verdict } from '@rollcall/core';
import { expect, it } from 'vitest';

import { createFakeContext } from '../testing/fake-context.ts';
import { doctorLines } from './doctor-lines.ts';

const ok: Verdict = {
  step: 'TLS',
  verdict: 'ok',
  says: 'All of it is well here.',
  milliseconds: 7,
};
const failed: Verdict = {
  step: 'token',
  verdict: 'failed',
  says: 'No.',
  remedy: 'Ask somebody who knows about such things.',
  milliseconds: 1234,
  code: 'E_TOKEN_REFUSED',
  aadsts: 7000215,
  requestId: 'r-1',
};
const notTried: Verdict = {
  step: 'permission',
  verdict: 'not-tried',
  says: 'Not tried, as token failed.',
  milliseconds: null,
};

function lines(options = {}) {
  return doctorLines(createFakeContext({}, options).context.console, ['TLS', 'permission']);
}

it('stands in columns: mark, step, time, words, and the remedy under the words', () => {
  expect(lines().of(ok) + lines().of(failed)).toBe(
    [
      '✔ TLS             7 ms  All of it is well here.',
      '✖ token        1234 ms  No. (E_TOKEN_REFUSED, AADSTS7000215, request r-1)',
      '                        → Ask somebody who knows about such things.',
      '',
    ].join('\n'),
  );
});

it('keeps words in their column on a terminal, and an address in one piece', () => {
  const url = `https://login.example/${'x'.repeat(60)}`;
  const shown = lines({ terminal: true, columns: 70 }).of({
    ...failed,
    says: 'One two three four five six seven eight nine ten.',
    remedy: `Open ${url} now.`,
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
    says: 'The settings cannot be used, for 2 reasons: tenant …; clientId …',
    issues: [issue, { ...issue, path: 'clientId' }],
  });
  expect(shown).toContain('The settings cannot be used, for 2 reasons (E_TOKEN_REFUSED');
  expect(shown).toContain(
    '\n                        • tenant (a.json:1:2): is missing. Give it.\n',
  );
  expect(shown).not.toContain('…');
});

it('ends with what it comes to', () => {
  expect(lines().closing([ok])).toBe('Nothing is in the way: users can be listed.\n');
  expect(lines().closing([ok, { ...ok, verdict: 'warning', remedy: 'Look.' }])).toBe(
    'Users can be listed. Worth a look: TLS.\n',
  );
  expect(lines().of(notTried)).toBe('');
  expect(lines().closing([ok, failed, notTried])).toBe(
    '– not tried, as token failed: permission\n',
  );
});

it('lets nothing that the service says act on the terminal', () => {
  expect(lines().of({ ...ok, says: 'evil \u001B[2J\u202E' })).toContain('evil \\u001b[2J\\u202e');
});
