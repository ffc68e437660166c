/** What a remedy takes, and its wording for a program that uses the library. */
type Wording = (parameters: never) => string;

const sameListing = 'Repeat the call with the same tenant, query and format';

/** What to do about each reason why a file cannot be written, by errno. */
const outputHints: Readonly<Record<string, string>> = {
  ENOSPC: 'Free disk space, then resume the listing.',
  EDQUOT: 'The disk quota is used up: free space, then resume the listing.',
  EROFS: 'The file system is read-only: choose another folder.',
  EACCES: 'Choose a folder that this user may write to, or change its permissions.',
  EPERM: 'Choose a folder that this user may write to, or change its permissions.',
  ENOENT: 'Create the folder first: only files are created.',
  ENOTDIR: 'A part of the path is a file: choose another path.',
  EISDIR: 'The path is a folder: specify a file in it.',
};

/**
 * Every remedy that core's errors name, with its parameters and the wording for users of the library. A front end words
 * those that its users carry out in another way, such as with a flag in place of an option; see {@link remedyText}.
 */
export const remedies = {
  /** A remedy that is the same for all front ends. */
  'as-stated': ({ text }: { readonly text: string }) => text,
  'correct-settings': () => 'Correct every setting listed.',
  'create-settings': () => 'Pass settings with tenant, clientId and credential.',
  'name-config-file': ({ file }: { readonly file: string }) =>
    `Name the file: loadSettings({ flags: { config: '${file}' } }).`,
  'correct-query': () =>
    'Correct the query; `explain(query)` returns the request that it leads to.',
  'increase-deadline': ({ isSigningIn }: { readonly isSigningIn: boolean }) =>
    isSigningIn
      ? 'Increase `deadline`; `diagnose()` shows whether the identity platform can be reached.'
      : 'Increase `deadline`.',
  'retry-later': () => 'Try again later; a listing to a file can be resumed.',
  'resume-same-listing': () => `${sameListing}, or start again without \`resume\`.`,
  'resume-older-version': () => 'Start again without `resume`.',
  'trust-certificate': () =>
    'If a private CA or a proxy that inspects TLS signed the certificate of this host, add the CA with the setting `caFile`. Otherwise the connection may be intercepted: do not continue.',
  'check-host-name': () => 'Check the host name and the DNS configuration of this machine.',
  'choose-output': ({ reason }: { readonly reason: string }) =>
    outputHints[reason] ??
    (reason === 'EEXIST'
      ? 'Choose another name, set `force` to overwrite it, or set `resume` to continue it.'
      : 'Choose another path.'),
  'grant-permission': ({
    missing,
    adminConsentUrl,
  }: {
    /** The least role of each kind that the request needs. */
    readonly missing: readonly string[];
    readonly adminConsentUrl?: string | undefined;
  }) => {
    const permissions = missing.join(' and ');
    const consent = adminConsentUrl === undefined ? '.' : `: ${adminConsentUrl}`;
    return `Add the application ${missing.length > 1 ? 'permissions' : 'permission'} ${permissions} to the registration, then have an administrator grant consent${consent}`;
  },
  'select-property': ({ names }: { readonly names: readonly string[] }) =>
    `Set \`select\` to ${names.join(', ')}.`,
  'expand-manager': () => "Set `expand` to 'manager'.",
  'omit-property': ({ property }: { readonly property: string }) =>
    `Remove ${property} from \`select\`; \`users.get\` can read it for one user.`,
  'accept-uncounted': () =>
    '`users.count()` with the same filter shows why Graph returns no count. Without a count, accept a receipt whose `reconciled` is null.',
  'verify-export': () =>
    'Pass the receipt that was written with the export, or set `allowUnverified` to compare it nevertheless.',
  'compare-related-exports': () =>
    'Compare exports of one tenant with the same collection and filter, or set `allowUnrelated`.',
  'omit-sign-in-activity': () =>
    "Sign-in activity requires a Microsoft Entra ID P1 or P2 license. Remove signInActivity from the query, or select inactive users with the evidence 'password-change'.",
  'choose-columns-format': () => 'Columns need the format csv, tsv or table.',
  'write-per-user-expression': () =>
    'Write the expression for a single user, for example mail, {name: displayName} or [?accountEnabled].mail.',
  'choose-credential': () => 'Remove all credentials but one.',
  'add-credential': () => 'Set `credential`.',
  'set-in-same-source': ({ hint }: { readonly hint: string }) =>
    `Set it in the source of the credential. ${hint}`,
  'replace-exposed-secret': ({
    setting,
  }: {
    /** The setting, as a dotted path. */
    readonly setting: string;
    /** The flag for a file with the secret, without its dashes. */
    readonly fileFlag?: string | undefined;
    /** The setting for a file with the secret, where it has no flag. */
    readonly fileSetting?: string | undefined;
    readonly variable?: string | undefined;
  }) => `Pass the secret in \`${setting}\`, and replace this secret.`,
  'hide-proxy-password': () =>
    'Read the URL of the proxy from a source that other users of the machine cannot read.',
  'set-key-password': () => 'Set `credential.password` or `credential.passwordFile`.',
  'list-settings': () => '`settingsJsonSchema()` returns every setting and its values.',
  'fix-file-permissions': ({ command }: { readonly command: string }) =>
    `${command} To accept the file as it is, set \`allowWeakPermissions\`.`,
  'correct-proxy': ({ host }: { readonly host: string }) =>
    `Correct the setting \`proxy\`, or list ${host} in \`noProxy\` if no proxy is needed.`,
} as const satisfies Record<string, Wording>;

export type RemedyCode = keyof typeof remedies;

type ParametersOf<Code extends RemedyCode> =
  Parameters<(typeof remedies)[Code]> extends [infer Given] ? Given : object;

/** What to do about an error: a stable code with its parameters. */
export type Remedy = {
  readonly [Code in RemedyCode]: { readonly code: Code } & ParametersOf<Code>;
}[RemedyCode];

/** The wordings of a front end, by code; those that are missing are the library's. */
export type RemedyTexts = {
  readonly [Code in RemedyCode]?: (parameters: ParametersOf<Code>) => string;
};

/**
 * The sentence for a remedy.
 * @param texts the wordings of a front end
 *
 * @example
 * remedyText({ code: 'retry-later' }, { 'retry-later': () => 'Run the command again later.' });
 */
export function remedyText(remedy: Remedy, texts: RemedyTexts = {}): string {
  const wording = (texts[remedy.code] ?? remedies[remedy.code]) as (parameters: Remedy) => string;
  return wording(remedy);
}

/** An error or an issue that says what to do: as a sentence, and as a remedy if front ends word it differently. */
export interface Hinted {
  readonly hint: string;
  readonly remedy?: Remedy | undefined;
}

/**
 * Returns what to do about an error or an issue.
 * @param texts the wordings of a front end
 *
 * @example
 * hintText(error, { 'select-property': ({ names }) => `Add the columns ${names.join(', ')}.` });
 */
export function hintText({ hint, remedy }: Hinted, texts: RemedyTexts = {}): string {
  return remedy === undefined ? hint : remedyText(remedy, texts);
}

/** An issue's remedy with its sentence: what {@link SettingsIssue} and {@link QueryIssue} carry. */
export function withHint(remedy: Remedy): { readonly remedy: Remedy; readonly hint: string } {
  return { remedy, hint: remedyText(remedy) };
}
