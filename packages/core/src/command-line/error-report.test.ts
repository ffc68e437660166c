import { readFileSync } from 'node:fs';

import { expect, it } from 'vitest';

import { codes } from '../errors/codes.ts';
import { exitCodeOf } from '../errors/exit-codes.ts';
import { NoSuchUserError } from '../errors/no-such-user-error.ts';
import { PermissionError } from '../errors/permission-error.ts';
import { QueryError } from '../errors/query-error.ts';
import { SettingsError } from '../errors/settings-error.ts';
import { errorReport } from './error-report.ts';

const report = (thrown: unknown) => errorReport(thrown, { program: 'export-users' });

it('has three parts: what happened, code and IDs, what to do next', () => {
  const error = Object.assign(
    new Error('The service is unavailable (503).', { cause: new Error('boom') }),
    {
      code: 'E_UNAVAILABLE',
      category: 'service',
      hint: 'Try later.',
      requestId: 'r-1',
      clientRequestId: 'c-1',
      attempts: 8,
    },
  );
  expect(report(error).text.split('\n')).toEqual([
    'error: The service is unavailable (503).',
    '  cause: boom',
    '  code: E_UNAVAILABLE, after 8 attempts, request r-1, client request c-1',
    '  hint: Try later.',
    '  docs: docs/reference/errors.md#e_unavailable',
  ]);
  expect(exitCodeOf(error)).toBe(5);
});

it('lists every error of the settings with its source and hint', () => {
  const error = new SettingsError([
    { path: 'tenant', source: 'a.json:1:2', message: 'is missing', hint: 'Give it.' },
    { path: 'clientId', source: '--client-id', message: 'is not a GUID', hint: 'Copy it.' },
  ]);
  expect(report(error)).toMatchObject({
    text: [
      'error: Invalid configuration (2 errors)',
      '  tenant (a.json:1:2)',
      '    is missing',
      '    → Give it.',
      '  clientId (--client-id)',
      '    is not a GUID',
      '    → Copy it.',
      '  code: E_SETTINGS',
      '  hint: Correct every setting listed.',
      '  docs: docs/reference/errors.md#e_settings',
    ].join('\n'),
    fields: { code: 'E_SETTINGS', issues: [{ path: 'tenant' }, { path: 'clientId' }] },
  });
});

it.each(Object.keys(codes))('faults A11 row 118: %s leads to its section of the docs', (code) => {
  const error = Object.assign(new Error('x'), { code, category: 'usage', hint: 'y' });
  const { text, fields } = report(error);
  const [path = '', anchor] = String(fields['docs']).split('#');
  expect(text.split('\n').at(-1)).toBe(`  docs: ${path}#${anchor}`);
  const page = readFileSync(new URL(`../../../../${path}`, import.meta.url), 'utf8');
  // The anchor that Git forges derive from the heading.
  expect(page.match(/^## .+$/gmu)?.map((line) => line.slice(3).toLowerCase())).toContain(anchor);
});

it('faults A11 row 118: the command line has a page, and a bug has none', () => {
  const usage = Object.assign(new Error('x'), { code: 'E_USAGE', category: 'usage', hint: 'y' });
  expect(report(usage).fields['docs']).toBe('docs/reference/commands.md');
  expect(report(new TypeError('x')).text).not.toContain('docs:');
});

it.each([
  ['login.microsoftonline.com', 'https://entra.microsoft.com'],
  ['login.microsoftonline.us', 'https://portal.azure.us'],
  ['login.partner.microsoftonline.cn', 'https://portal.azure.cn'],
])('faults A11 row 118: a missing permission leads to the portal of %s', (host, portal) => {
  const adminConsentUrl = `https://${host}/contoso/adminconsent?client_id=c-1`;
  const { text, fields } = report(
    new PermissionError({ missing: ['User.Read.All'], adminConsentUrl }),
  );
  expect(fields['portal']).toMatch(new RegExp(`^${portal}/#view/.*/CallAnAPI/appId/c-1$`, 'u'));
  expect(text).toContain(`\n  portal: ${portal}/#view/`);
});

it('faults A11 row 118: a sandbox has no portal', () => {
  const adminConsentUrl = 'https://127.0.0.1:8443/contoso/adminconsent?client_id=c-1';
  const error = new PermissionError({ missing: ['User.Read.All'], adminConsentUrl });
  expect(report(error).text).not.toContain('portal:');
});

it('lists every error of a query', () => {
  const error = new QueryError([
    { part: 'limit', message: 'must be 1 or more', hint: 'Remove it.' },
    { part: 'select', message: 'has an empty name', hint: 'Name properties.' },
  ]);
  const { text } = report(error);
  expect(text).toContain('  limit\n    must be 1 or more\n    → Remove it.\n  select\n');
  expect(exitCodeOf(error)).toBe(2);
});

it('escapes control characters and line feeds of foreign text', () => {
  const error = new NoSuchUserError('x\u001B[31m\nerror: fake', {});
  const { text } = report(error);
  expect(text).not.toContain('\u001B');
  expect(text).not.toMatch(/^error: fake/mu);
});

it('shows the name and code of an unexpected error, but not its message', () => {
  const error = Object.assign(new TypeError('canary-secret'), { code: 'ERR_X' });
  const { text, fields } = report(error);
  expect(text).toContain('error: export-users failed unexpectedly (TypeError, ERR_X).');
  expect(text + JSON.stringify(fields)).not.toContain('canary');
  expect(exitCodeOf(error)).toBe(70);
  expect(exitCodeOf('thrown text')).toBe(70);
});

it('uses the wordings of the front end, and colors the parts that it is asked to', () => {
  const error = new QueryError([
    {
      part: 'columns',
      message: 'mail is not read',
      hint: 'Set `select` to mail.',
      remedy: { code: 'select-property', names: ['mail'] },
    },
  ]);
  const { text, fields } = errorReport(error, {
    program: 'export-users',
    remedies: { 'select-property': ({ names }) => `Use --select ${names.join(',')}.` },
    paint: (tone, part) => `<${tone}>${part}</>`,
  });
  expect(text.split('\n')).toEqual([
    '<error>error:</> Invalid query',
    '  <strong>columns</>',
    '    mail is not read',
    '  <strong>code:</> E_QUERY',
    '  <strong>hint:</> Use --select mail.',
    '  <strong>docs:</> docs/reference/errors.md#e_query',
  ]);
  expect(fields['hint']).toBe('Use --select mail.');
});
