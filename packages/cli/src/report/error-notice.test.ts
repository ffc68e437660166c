import { QueryError, SettingsError } from '@rollcall/core';
import { expect, it } from 'vitest';

import { createConsole } from '../terminal/console.ts';
import { createFakeContext } from '../testing/fake-context.ts';
import { createFakeHost } from '../testing/fake-host.ts';
import { errorNotice } from './error-notice.ts';

const { console, remedies } = createFakeContext({}).context;

it('words remedies with the flags and commands of rollcall', () => {
  const settings = new SettingsError([
    { path: 'tenant', source: 'a.json:1:2', message: 'is missing', hint: 'Give it.' },
    { path: 'clientId', source: '--client-id', message: 'is not a GUID', hint: 'Copy it.' },
  ]);
  expect(errorNotice(console, settings, remedies)).toMatchObject({
    level: 'error',
    event: 'error',
    text: expect.stringContaining('`rollcall config check`') as string,
    facts: {
      code: 'E_SETTINGS',
      hint: expect.stringContaining('`rollcall config check`') as string,
    },
  });
  const query = new QueryError([
    {
      part: 'columns',
      message: 'manager is not read',
      hint: "Set `expand` to 'manager'.",
      remedy: { code: 'expand-manager' },
    },
  ]);
  expect(errorNotice(console, query, remedies).text).toContain('hint: Add --expand manager.');
});

it('names the program in an error that is a bug', () => {
  const { text } = errorNotice(console, new TypeError('canary-secret'), remedies);
  expect(text).toMatch(/^error: rollcall failed unexpectedly \(TypeError\)\.$/mu);
  expect(text).not.toContain('canary');
});

it('colors the parts on a terminal only', () => {
  const { host } = createFakeHost({ terminal: true });
  const colored = createConsole(
    host,
    { ...console.presentation, color: true },
    AbortSignal.any([]),
  );
  expect(errorNotice(colored, new Error('x'), remedies).text).toContain('\u001B[1m');
  expect(errorNotice(console, new Error('x'), remedies).text).not.toContain('\u001B');
});
