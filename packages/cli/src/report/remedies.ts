import { flagRemedies, type RemedyTexts } from '@rollcall/core/command-line';

import type { Situation } from './situation.ts';

/** How the present export is continued, as a part of a sentence. */
export const continuations: Readonly<Record<Situation['resume'], string | undefined>> = {
  'nothing-left': undefined,
  'add-flag': 'rerun with --resume to continue the export',
  'same-command': 'rerun the same command to continue the export',
};

/** What to do about each reason why a file cannot be written. `continue` says how to go on afterwards. */
function outputHints({ resume, options }: Situation): Readonly<Record<string, string>> {
  const goOn = continuations[resume] ?? 'run the command again';
  const alternatives = [
    ...(options.has('force') ? ['use --force to overwrite it'] : []),
    ...(resume === 'add-flag' ? ['use --resume to continue the interrupted export'] : []),
    'choose another name',
  ].join(', or ');
  return {
    EEXIST: `${alternatives.slice(0, 1).toUpperCase()}${alternatives.slice(1)}.`,
    ENOSPC: `Free disk space, then ${goOn}.`,
    EDQUOT: `The disk quota is used up: free space, then ${goOn}.`,
    EROFS: 'The file system is read-only: choose another folder.',
    EACCES: 'Choose a folder that this user may write to, or change its permissions.',
    EPERM: 'Choose a folder that this user may write to, or change its permissions.',
    ENOENT: 'Create the folder first: only files are created.',
    ENOTDIR: 'A part of the path is a file: choose another path.',
    EISDIR: 'The path is a folder: specify a file in it.',
    ENOTREG: 'The path is a device, a pipe or a socket. Omit --out to write to stdout.',
  };
}

function grantPermission({
  missing,
  adminConsentUrl,
}: {
  readonly missing: readonly string[];
  readonly adminConsentUrl?: string | undefined;
}): string {
  const consent = `then have an administrator grant consent${adminConsentUrl === undefined ? '.' : `: ${adminConsentUrl}`}`;
  const [only = '', ...others] = missing;
  return others.length === 0
    ? `Add the application permission ${only} to the registration, ${consent}`
    : `Run \`rollcall token\` to see which of ${missing.join(' and ')} the application has. Add the missing ones to the registration, ${consent}`;
}

/**
 * Returns the wordings of remedies that a user of the command carries out with a flag or with another command. A hint
 * names no flag that the command does not have, not the command itself, and `--resume` only if it continues something.
 */
export function remediesIn(situation: Situation): RemedyTexts {
  const { command, options, resume } = situation;
  /** A sentence that recommends another command. */
  const unlessRun = (name: string, sentence: string): string =>
    command === name ? '' : ` ${sentence}`;
  const continuation = continuations[resume];
  const thenContinue = continuation === undefined ? '' : `; ${continuation}`;
  return {
    ...flagRemedies,
    'correct-settings': () =>
      command === 'config check'
        ? 'Correct every setting listed, then run the command again.'
        : 'Correct every setting listed, then run `rollcall config check` to validate the configuration.',
    'create-settings': () =>
      'Run `rollcall config init` to create a configuration file, or name one with --config.',
    'correct-query': () =>
      `Correct the query.${unlessRun('users explain', '`rollcall users explain` shows the request without sending it.')}`,
    'increase-deadline': ({ isSigningIn }) =>
      isSigningIn
        ? `Increase the timeout with --deadline.${unlessRun('doctor', '`rollcall doctor` checks the identity platform.')}`
        : `Increase the timeout with --deadline${thenContinue}.`,
    'retry-later': () => `Try again later${thenContinue}.`,
    'resume-same-listing': () =>
      'Rerun exactly the command that was interrupted, or start again without --resume.',
    'resume-older-version': () => 'Start again without --resume.',
    'check-host-name': () =>
      `Check the host name and the DNS configuration of this machine.${unlessRun('doctor', '`rollcall doctor` repeats the lookup.')}`,
    'choose-output': ({ reason }) => outputHints(situation)[reason] ?? 'Choose another path.',
    'grant-permission': grantPermission,
    'select-property': ({ names }) => `Use --select ${names.join(',')}.`,
    'expand-manager': () => 'Add --expand manager.',
    'omit-property': ({ property }) =>
      `Remove ${property} from --select${command === 'users get' ? '' : `, or read it with \`rollcall users get ID --select ${property}\``}.`,
    'accept-uncounted': () =>
      `Omit --strict to accept a list that cannot be verified.${unlessRun('users count', '`rollcall users count` with the same filter shows why Graph returns no count.')}`,
    'verify-export': () =>
      'Export again with `rollcall users list --out EXPORT --receipt EXPORT.receipt.json`, or name the receipt with --old-receipt or --new-receipt. To compare nevertheless, use --allow-unverified.',
    'compare-related-exports': () =>
      'Compare exports of one tenant with the same collection and filter, or use --allow-unrelated.',
    'omit-sign-in-activity': () =>
      `Sign-in activity requires a Microsoft Entra ID P1 or P2 license. ${options.has('inactive-by') ? 'Use --inactive-by password-change, or remove' : 'Remove'} signInActivity from the query.`,
    'choose-columns-format': () =>
      'Use --output csv, tsv or table, or reshape each user with --query.',
    'list-settings': () => 'Run `rollcall config schema` to list every setting and its values.',
  };
}
