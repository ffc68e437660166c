import { type Remedy, remedyText, type RemedyTexts } from '@rollcall/core/command-line';

/** The remedies that a user of the command carries out with a flag or another command. */
const texts: RemedyTexts = {
  'correct-settings': () =>
    'Correct every setting listed, then run `rollcall config check` to validate the configuration.',
  'create-settings': () => 'Run `rollcall config init` to create a configuration file.',
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
  'trust-certificate': () =>
    'If a private CA or a proxy that inspects TLS signed the certificate of this host, add the CA with --ca FILE. Otherwise the connection may be intercepted: do not continue.',
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
  'choose-columns-format': () =>
    'Use --output csv, tsv or table, or reshape each user with --query.',
  'choose-credential': () => 'Remove all credentials but one, or select one with --credential.',
  'add-credential': () =>
    'Set AZURE_CLIENT_SECRET, use --secret-file or --certificate, or add credential to the configuration file.',
  'set-key-password': () =>
    'Set AZURE_CLIENT_CERTIFICATE_PASSWORD, credential.passwordFile or credential.password.',
  'list-settings': () => 'Run `rollcall config schema` to list every setting and its values.',
  'fix-file-permissions': ({ command }) =>
    `${command} To accept the file as it is, use --allow-weak-permissions.`,
  'correct-proxy': ({ host }) =>
    `Correct the URL of the proxy (HTTPS_PROXY, --proxy), or list ${host} in NO_PROXY if no proxy is needed.`,
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

/** Something that says what to do: as a sentence, and as a code where the wording depends on the front end. */
export interface Hinted {
  readonly hint: string;
  readonly remedy?: Remedy | undefined;
}

/** What to do, in the vocabulary of the command line. */
export function hintOf({ hint, remedy }: Hinted): string {
  return remedy === undefined ? hint : remedyText(remedy, texts);
}
