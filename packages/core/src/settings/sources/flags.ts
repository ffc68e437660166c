import { clouds } from '../../cloud.ts';
import { strategies as builtIn, type StrategyKind } from '../../credential/strategies.ts';
import type { CredentialSettingsShape } from '../../credential/credential-setting.ts';
import type { StrategyRegistry } from '../../credential/strategy.ts';
import { type Remedy, withHint } from '../../errors/remedies.ts';
import type { IssueReport } from '../collect-issues.ts';
import { precedences, type Sealer, type SettingValue } from '../setting-value.ts';

/** A command-line flag that sets something, as data for the front ends that parse command lines. */
export interface SettingsFlag {
  /** The setting in the native form; absent for a flag that names a source. */
  readonly path?: string | undefined;
  /** The credential strategy that the flag belongs to. */
  readonly kind?: string | undefined;
  readonly type: 'string' | 'boolean';
  /** The name of its argument in help. */
  readonly argument?: string | undefined;
  /** Values that completion suggests; others can be valid too. */
  readonly suggestions?: readonly string[] | undefined;
  /** Its line in help. */
  readonly describe: string;
}

const flagsBeforeCredential = {
  config: { type: 'string', argument: 'FILE', describe: 'Configuration file' },
  profile: { type: 'string', argument: 'NAME', describe: 'Profile of the configuration file' },
  'env-file': { type: 'string', argument: 'FILE', describe: 'File with environment variables' },
  tenant: {
    path: 'tenant',
    type: 'string',
    argument: 'ID',
    describe: 'Tenant ID or a domain of the tenant',
  },
  'client-id': {
    path: 'clientId',
    type: 'string',
    argument: 'ID',
    describe: 'Application (client) ID',
  },
  cloud: {
    path: 'cloud',
    type: 'string',
    argument: 'NAME',
    suggestions: Object.keys(clouds),
    describe: 'National cloud',
  },
  authority: {
    path: 'authority',
    type: 'string',
    argument: 'URL',
    describe: 'Login host and tenant',
  },
  graph: {
    path: 'graph',
    type: 'string',
    argument: 'URL',
    describe: 'Microsoft Graph base URL',
  },
  credential: {
    path: 'credential.kind',
    type: 'string',
    argument: 'KIND',
    suggestions: Object.keys(builtIn),
    describe: 'Authentication method',
  },
} as const satisfies Record<string, SettingsFlag>;

const flagsAfterCredential = {
  proxy: { path: 'proxy', type: 'string', argument: 'URL', describe: 'HTTP(S) proxy URL' },
  ca: {
    path: 'caFile',
    type: 'string',
    argument: 'FILE',
    describe: 'Additional CA certificates (PEM)',
  },
  'token-cache': {
    path: 'tokenCache',
    type: 'string',
    argument: 'WHERE',
    suggestions: ['memory', 'file'],
    describe: 'Token cache: memory, file, file:PATH or redis://…',
  },
  deadline: {
    path: 'deadline',
    type: 'string',
    argument: 'DURATION',
    describe: 'Timeout for the whole command',
  },
  'allow-weak-permissions': {
    path: 'allowWeakPermissions',
    type: 'boolean',
    describe: 'Accept key and secret files that other users can read',
  },
} as const satisfies Record<string, SettingsFlag>;

type SettingsOf<Kind extends StrategyKind> = (typeof builtIn)[Kind]['settings'];

type FlagOf<Setting> = Setting extends { readonly flag: { readonly name: infer Name } }
  ? Extract<Name, string>
  : never;

type RejectedFlagOf<Setting> = Setting extends { readonly rejectedFlags: readonly (infer Name)[] }
  ? Extract<Name, string>
  : never;

type CredentialFlagName = {
  [Kind in StrategyKind]: FlagOf<SettingsOf<Kind>[keyof SettingsOf<Kind>]>;
}[StrategyKind];

export type SettingsFlagName =
  | keyof typeof flagsBeforeCredential
  | CredentialFlagName
  | keyof typeof flagsAfterCredential;

export type RejectedFlagName = {
  [Kind in StrategyKind]: RejectedFlagOf<SettingsOf<Kind>[keyof SettingsOf<Kind>]>;
}[StrategyKind];

/** Returns every settings flag by its name without dashes, in the order of the help. */
export function flagsOf(strategies: StrategyRegistry): Readonly<Record<string, SettingsFlag>> {
  const ofStrategies = Object.values(strategies).flatMap(({ kind, settings }) =>
    Object.entries(settings).flatMap(([key, { flag, type }]): readonly [string, SettingsFlag][] => {
      if (flag === undefined) return [];
      const { name, argument, describe } = flag;
      const flagType = type === 'boolean' || type === 'true' ? 'boolean' : 'string';
      return [[name, { path: `credential.${key}`, kind, type: flagType, argument, describe }]];
    }),
  );
  return {
    ...flagsBeforeCredential,
    ...Object.fromEntries(ofStrategies),
    ...flagsAfterCredential,
  };
}

/** Returns the remedy for a secret that was passed as a flag: the flag or setting for its file, and its variable. */
function exposedSecret(settings: CredentialSettingsShape, key: string): Remedy {
  const fileKey = `${key}File`;
  const file = Object.hasOwn(settings, fileKey) ? settings[fileKey] : undefined;
  return {
    code: 'replace-exposed-secret',
    setting: `credential.${key}`,
    fileFlag: file?.flag?.name,
    fileSetting: file === undefined ? undefined : `credential.${fileKey}`,
    variable: settings[key]?.variables?.[0],
  };
}

/** A secret that must not be passed as a flag. */
export interface RejectedFlag {
  readonly path: string;
  readonly remedy: Remedy;
}

/** Returns the flags of other tools that would show a secret in process lists. */
export function rejectedFlagsOf(strategies: StrategyRegistry): ReadonlyMap<string, RejectedFlag> {
  return new Map(
    Object.values(strategies).flatMap(({ settings }) =>
      Object.entries(settings).flatMap(([key, { rejectedFlags = [] }]) =>
        rejectedFlags.map((flag) => {
          const remedy = exposedSecret(settings, key);
          return [flag, { path: `credential.${key}`, remedy }] as const;
        }),
      ),
    ),
  );
}

/** The heading of the settings flags in help. */
export const settingsFlagsHeading =
  'Settings, by precedence: flags, ROLLCALL_*, --env-file, --config, AZURE_*';

/** Every settings flag, by its name without dashes. */
export const settingsFlags = flagsOf(builtIn) as Readonly<Record<SettingsFlagName, SettingsFlag>>;

/** Flags that are rejected, because every user of the machine can read them in the process list. */
export const rejectedFlags = [...rejectedFlagsOf(builtIn).keys()] as readonly RejectedFlagName[];

/** The values of a command line, by flag without dashes; `undefined` for a flag that was not set. */
export type FlagValues = Readonly<Partial<Record<SettingsFlagName | RejectedFlagName, unknown>>>;

/** Returns the values of the flags under their names in the native form; relative paths start from `directory`. */
export function readFlags(
  flags: FlagValues,
  {
    directory,
    strategies,
    seal,
  }: {
    readonly directory: string;
    readonly strategies: StrategyRegistry;
    readonly seal: Sealer;
  },
  report: IssueReport,
): readonly SettingValue[] {
  const values: Readonly<Record<string, unknown>> = flags;
  for (const [name, { path, remedy }] of rejectedFlagsOf(strategies)) {
    if (values[name] === undefined) continue;
    report.error({
      path,
      source: `--${name}`,
      message: 'a secret on the command line is visible to every user of this machine',
      ...withHint(remedy),
    });
  }
  return Object.entries(flagsOf(strategies)).flatMap(([name, { path, kind }]) => {
    const value = values[name];
    if (path === undefined || value === undefined) return [];
    const source = `--${name}`;
    if (Array.isArray(value)) {
      report.error({ path, source, message: 'specified more than once', hint: 'Use it once.' });
      return [];
    }
    const context = { source, precedence: precedences.flag, directory, kind };
    return [{ ...context, path, value: seal(path, value) }];
  });
}
