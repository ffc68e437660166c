import { expect, it } from 'vitest';

import { CredentialError } from './credential-error.ts';
import { DeadlineError } from './deadline-error.ts';
import { type Remedy, remedies, remedyText } from './remedies.ts';

/** One remedy for each code, with parameters of every kind. */
const samples = {
  'as-stated': { code: 'as-stated', text: 'Restart the program.' },
  'choose-output': { code: 'choose-output', reason: 'EEXIST' },
  'correct-proxy': { code: 'correct-proxy', host: 'graph.example' },
  'fix-file-permissions': { code: 'fix-file-permissions', command: 'Run `chmod 600 key`.' },
  'grant-permission': { code: 'grant-permission', missing: ['User.Read.All'] },
  'increase-deadline': { code: 'increase-deadline', isSigningIn: true },
  'name-config-file': { code: 'name-config-file', file: './parameters.json' },
  'omit-property': { code: 'omit-property', property: 'birthday' },
  'replace-exposed-secret': { code: 'replace-exposed-secret', setting: 'credential.secret' },
  'set-in-same-source': { code: 'set-in-same-source', hint: 'Set tenant.' },
  'select-property': { code: 'select-property', names: ['id', 'mail'] },
} as const;

function sampleOf(code: string): Remedy {
  return (samples as Readonly<Record<string, Remedy>>)[code] ?? ({ code } as Remedy);
}

it.each(Object.keys(remedies))('%s is one or two sentences without a flag or a command', (code) => {
  const text = remedyText(sampleOf(code));
  expect(text).toMatch(/^[A-Z`].*\S$/u);
  expect(text).not.toMatch(/undefined|(?<!\w)--[a-z]|\brollcall [a-z]/u);
});

it('uses the wording of the front end, with the parameters, and otherwise that of the library', () => {
  const texts = {
    'select-property': ({ names }: { readonly names: readonly string[] }) =>
      `--select ${names.join(',')}`,
  };
  expect(remedyText(sampleOf('select-property'), texts)).toBe('--select id,mail');
  expect(remedyText(sampleOf('retry-later'), texts)).toBe(remedyText({ code: 'retry-later' }));
});

it('is a code with parameters and a sentence on every error', () => {
  const error = new DeadlineError('token');
  expect(error.remedy).toEqual({ code: 'increase-deadline', isSigningIn: true });
  expect(error.hint).toBe(remedyText(error.remedy));
  const stated = new CredentialError('The key is damaged.', 'Copy it again.');
  expect(stated.remedy).toEqual({ code: 'as-stated', text: 'Copy it again.' });
  expect(stated.hint).toBe('Copy it again.');
});
