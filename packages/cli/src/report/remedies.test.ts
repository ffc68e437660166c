import { type Remedy, type RemedyCode, SettingsError } from '@rollcall/core';
import { hintText } from '@rollcall/core/command-line';
import { expect, it } from 'vitest';

import { program } from '../program.ts';
import { remediesIn } from './remedies.ts';
import { type Situation, unknownSituation } from './situation.ts';

/** Every remedy, with parameters. */
const samples: { readonly [Code in RemedyCode]: readonly Extract<Remedy, { code: Code }>[] } = {
  'as-stated': [{ code: 'as-stated', text: 'Do it.' }],
  'correct-settings': [{ code: 'correct-settings' }],
  'create-settings': [{ code: 'create-settings' }],
  'name-config-file': [{ code: 'name-config-file', file: './rollcall.json' }],
  'correct-query': [{ code: 'correct-query' }],
  'increase-deadline': [true, false].map((isSigningIn) => ({
    code: 'increase-deadline',
    isSigningIn,
  })),
  'retry-later': [{ code: 'retry-later' }],
  'resume-same-listing': [{ code: 'resume-same-listing' }],
  'omit-sign-in-activity': [{ code: 'omit-sign-in-activity' }],
  'resume-older-version': [{ code: 'resume-older-version' }],
  'trust-certificate': [{ code: 'trust-certificate' }],
  'check-host-name': [{ code: 'check-host-name' }],
  'choose-output': ['EEXIST', 'ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'ENOTREG', 'EIO'].map(
    (reason) => ({ code: 'choose-output', reason }),
  ),
  'grant-permission': [['A.Read'], ['A.Read', 'B.Read']].map((missing) => ({
    code: 'grant-permission',
    missing,
  })),
  'select-property': [{ code: 'select-property', names: ['mail'] }],
  'expand-manager': [{ code: 'expand-manager' }],
  'omit-property': [{ code: 'omit-property', property: 'aboutMe' }],
  'accept-uncounted': [{ code: 'accept-uncounted' }],
  'verify-export': [{ code: 'verify-export' }],
  'compare-related-exports': [{ code: 'compare-related-exports' }],
  'choose-columns-format': [{ code: 'choose-columns-format' }],
  'write-per-user-expression': [{ code: 'write-per-user-expression' }],
  'choose-credential': [{ code: 'choose-credential' }],
  'add-credential': [{ code: 'add-credential' }],
  'set-in-same-source': [{ code: 'set-in-same-source', hint: 'Copy the tenant ID.' }],
  'replace-exposed-secret': [
    {
      code: 'replace-exposed-secret',
      setting: 'credential.secret',
      fileFlag: 'secret-file',
      variable: 'AZURE_CLIENT_SECRET',
    },
    { code: 'replace-exposed-secret', setting: 'credential.password' },
  ],
  'hide-proxy-password': [{ code: 'hide-proxy-password' }],
  'set-key-password': [{ code: 'set-key-password' }],
  'list-settings': [{ code: 'list-settings' }],
  'fix-file-permissions': [{ code: 'fix-file-permissions', command: 'chmod 600 x.' }],
  'correct-proxy': [{ code: 'correct-proxy', host: 'proxy.example' }],
};

/** The option that a command has if a remedy can occur in it; a remedy that is not here can occur in every command. */
const occursWith: Partial<Record<RemedyCode, string>> = {
  'verify-export': 'allow-unverified',
  'compare-related-exports': 'allow-unrelated',
  'replace-exposed-secret': 'secret-file',
  'correct-settings': 'config',
  'create-settings': 'config',
  'name-config-file': 'config',
  'increase-deadline': 'deadline',
  'resume-same-listing': 'resume',
  'resume-older-version': 'resume',
  'trust-certificate': 'ca',
  'choose-output': 'out',
  'select-property': 'select',
  'expand-manager': 'expand',
  'omit-property': 'select',
  'accept-uncounted': 'strict',
  'choose-columns-format': 'columns',
  'choose-credential': 'deadline',
  'add-credential': 'deadline',
  'set-key-password': 'deadline',
  'fix-file-permissions': 'config',
  'correct-proxy': 'proxy',
  'list-settings': 'config',
  // Only requests for users need a permission.
  'grant-permission': 'select',
};

const resumes = ['nothing-left', 'add-flag', 'same-command'] as const;

it('faults A11 row 117: a hint names no flag that the command lacks, not the command itself, and --resume only if it helps', async () => {
  const problems: string[] = [];
  let walked = 0;
  for (const { name, load } of program.commands) {
    const command = await load();
    const options = new Set(Object.keys({ ...command.options, ...program.options }));
    for (const resume of options.has('resume') ? resumes : (['nothing-left'] as const)) {
      const remedies = remediesIn({ command: name, options, resume });
      for (const sample of Object.values(samples).flat()) {
        const needed = occursWith[sample.code];
        if (needed !== undefined && !options.has(needed)) continue;
        walked += 1;
        const hint = hintText({ hint: '', remedy: sample }, remedies);
        // What is in backticks is another command, with flags of its own.
        const own = hint.replaceAll(/`[^`]*`/gu, '');
        const where = `${name}, ${sample.code}, ${resume}: ${hint}`;
        for (const [, flag = ''] of own.matchAll(/--([a-z][a-z-]*)/gu))
          if (!options.has(flag)) problems.push(`no such flag: ${where}`);
        if (hint.includes(`\`rollcall ${name}`)) problems.push(`the command itself: ${where}`);
        const recommendsResume = /(?:with|use) --resume/u.test(own);
        if (recommendsResume && resume !== 'add-flag') problems.push(`nothing to add: ${where}`);
        if (hint.includes('undefined') || hint.trim() === '') problems.push(`no text: ${where}`);
      }
    }
  }
  expect(problems).toEqual([]);
  expect(walked).toBeGreaterThan(200);
});

const situation: Situation = { ...unknownSituation, command: 'users list' };
const inCommand = (command: string) => remediesIn({ ...situation, command });

it('faults A11 row 117: config check does not recommend itself', () => {
  const issue = { path: 'tenant', source: 'x', message: 'is missing', hint: 'Set it.' };
  const error = new SettingsError([issue, { ...issue, path: 'clientId' }]);
  expect(hintText(error, inCommand('config check'))).not.toContain('`rollcall config check`');
  expect(hintText(error, inCommand('users list'))).toContain('`rollcall config check`');
});
