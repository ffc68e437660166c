import { exitCodeOf, NoSuchUserError, QueryError, SettingsError } from '@rollcall/core';
import { expect, it } from 'vitest';

import { errorReport } from './error-report.ts';
import { createFakeContext } from '../testing/fake-context.ts';

const { console } = createFakeContext({}).context;

it('has three parts: what happened, why, what to do next', () => {
  const error = Object.assign(new Error('The service gave up.', { cause: new Error('boom') }), {
    code: 'E_UNAVAILABLE',
    category: 'service',
    hint: 'Try later.',
    requestId: 'r-1',
    clientRequestId: 'c-1',
    attempts: 8,
  });
  expect(errorReport(console, error).text.split('\n')).toEqual([
    'error: The service gave up.',
    '  code: boom (E_UNAVAILABLE, after 8 attempts, request r-1, client request c-1)',
    '  hint: Try later.',
  ]);
  expect(exitCodeOf(error)).toBe(5);
});

it('lists every mistake of the settings with its source and remedy', () => {
  const error = new SettingsError([
    { path: 'tenant', source: 'a.json:1:2', message: 'is missing', hint: 'Give it.' },
    { path: 'clientId', source: '--client-id', message: 'is not a GUID', hint: 'Copy it.' },
  ]);
  expect(errorReport(console, error)).toMatchObject({
    text: [
      'error: Invalid configuration (2 errors)',
      '  tenant (a.json:1:2)',
      '    is missing',
      '    → Give it.',
      '  clientId (--client-id)',
      '    is not a GUID',
      '    → Copy it.',
      '  code: E_SETTINGS',
      '  hint: Correct every setting listed, then run `rollcall config check` to validate the configuration.',
    ].join('\n'),
    facts: { code: 'E_SETTINGS', issues: [{ path: 'tenant' }, { path: 'clientId' }] },
  });
});

it('lists every mistake of a query', () => {
  const error = new QueryError([
    { part: 'limit', message: 'must be 1 or more', hint: 'Remove it.' },
    { part: 'select', message: 'has an empty name', hint: 'Name properties.' },
  ]);
  const { text } = errorReport(console, error);
  expect(text).toContain('  limit\n    must be 1 or more\n    → Remove it.\n  select\n');
  expect(exitCodeOf(error)).toBe(2);
});

it('cannot be made to paint or to speak in lines of its own', () => {
  const error = new NoSuchUserError('x\u001B[31m\nerror: fake', {});
  const { text } = errorReport(console, error);
  expect(text).not.toContain('\u001B');
  expect(text).not.toMatch(/^error: fake/mu);
});

it('shows the name and code of an unexpected error, but not its message', () => {
  const error = Object.assign(new TypeError('canary-secret'), { code: 'ERR_X' });
  const { text, facts } = errorReport(console, error);
  expect(text).toContain('(TypeError, ERR_X)');
  expect(text + JSON.stringify(facts)).not.toContain('canary');
  expect(exitCodeOf(error)).toBe(70);
  expect(exitCodeOf('thrown text')).toBe(70);
});
