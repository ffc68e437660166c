import { flagRemedies, type Hinted, hintText, type RemedyTexts } from '@rollcall/core/command-line';

/** The wordings of remedies that a user of the command carries out with a flag or with another command. */
export const remedies: RemedyTexts = {
  ...flagRemedies,
  'correct-settings': () =>
    'Correct every setting listed, then run `rollcall config check` to validate the configuration.',
  'create-settings': () =>
    'Run `rollcall config init` to create a configuration file, or name one with --config.',
  'correct-query': () =>
    'Correct the query. `rollcall users explain` shows the request without sending it.',
  'increase-deadline': ({ isSigningIn }) =>
    isSigningIn
      ? 'Increase the timeout with --deadline, or run `rollcall doctor` to check the identity platform.'
      : 'Increase the timeout with --deadline; rerun with --resume to continue an export to --out FILE.',
  'retry-later': () => 'Try again later; rerun with --resume to continue an export to --out FILE.',
  'resume-same-listing': () =>
    'Rerun exactly the command that was interrupted, or start again without --resume.',
  'resume-older-version': () => 'Start again without --resume.',
  'check-host-name': () =>
    'Check the host name and the DNS configuration of this machine; `rollcall doctor` repeats the lookup.',
  'choose-output': ({ reason }) => outputHints[reason] ?? 'Choose another path.',
  'grant-permission': ({ missing, adminConsentUrl }) => {
    const consent = `then have an administrator grant consent${adminConsentUrl === undefined ? '.' : `: ${adminConsentUrl}`}`;
    const [only = '', ...others] = missing;
    return others.length === 0
      ? `Add the application permission ${only} to the registration, ${consent}`
      : `Run \`rollcall token\` to see which of ${missing.join(' and ')} the application has. Add the missing ones to the registration, ${consent}`;
  },
  'select-property': ({ names }) => `Use --select ${names.join(',')}.`,
  'expand-manager': () => 'Add --expand manager.',
  'omit-property': ({ property }) =>
    `Remove ${property} from --select, or read it with \`rollcall users get ID --select ${property}\`.`,
  'accept-uncounted': () =>
    'Run `rollcall users count` with the same filter to see why Graph returns no count, or omit --strict to accept a list that cannot be verified.',
  'choose-columns-format': () =>
    'Use --output csv, tsv or table, or reshape each user with --query.',
  'list-settings': () => 'Run `rollcall config schema` to list every setting and its values.',
};

const resume = 'then rerun with --resume to continue.';

const outputHints: Readonly<Record<string, string>> = {
  EEXIST:
    'Use --force to overwrite it, --resume to continue an interrupted export, or another name.',
  ENOSPC: `Free disk space, ${resume}`,
  EDQUOT: `The disk quota is used up: free space, ${resume}`,
  EROFS: 'The file system is read-only: choose another folder.',
  EACCES: 'Choose a folder that this user may write to, or change its permissions.',
  EPERM: 'Choose a folder that this user may write to, or change its permissions.',
  ENOENT: 'Create the folder first: only files are created.',
  ENOTDIR: 'A part of the path is a file: choose another path.',
  EISDIR: 'The path is a folder: specify a file in it.',
  ENOTREG: 'The path is a device, a pipe or a socket. Omit --out to write to stdout.',
};

/** Returns what to do about an error or an issue, in the vocabulary of the command line. */
export function hintOf(hinted: Hinted): string {
  return hintText(hinted, remedies);
}
