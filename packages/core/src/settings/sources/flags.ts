import { type SettingValue, ranks } from '../setting-value.ts';
import type { Report } from '../report.ts';

/** A command-line flag that sets something, as data for whoever parses command lines. */
export interface SettingsFlag {
  /** The setting in the native form; absent for a flag that names a source. */
  readonly path?: string | undefined;
  /** The credential strategy that the flag means. */
  readonly kind?: string | undefined;
  readonly type: 'string' | 'boolean';
  /** What help calls its argument. */
  readonly argument?: string | undefined;
  readonly describe: string;
}

/** Every settings flag, without its dashes. */
export const settingsFlags = {
  config: { type: 'string', argument: 'FILE', describe: 'settings file' },
  'env-file': { type: 'string', argument: 'FILE', describe: 'file of environment variables' },
  tenant: { path: 'tenant', type: 'string', argument: 'ID', describe: 'directory: id or domain' },
  'client-id': { path: 'clientId', type: 'string', argument: 'ID', describe: 'application id' },
  cloud: { path: 'cloud', type: 'string', argument: 'NAME', describe: 'national cloud' },
  authority: {
    path: 'authority',
    type: 'string',
    argument: 'URL',
    describe: 'login host and tenant',
  },
  graph: { path: 'graph', type: 'string', argument: 'URL', describe: 'root of Microsoft Graph' },
  credential: {
    path: 'credential.kind',
    type: 'string',
    argument: 'KIND',
    describe: 'which credential to use',
  },
  certificate: {
    path: 'credential.file',
    kind: 'client-certificate',
    type: 'string',
    argument: 'FILE',
    describe: 'key and certificate, PEM or PFX',
  },
  'secret-file': {
    path: 'credential.secretFile',
    kind: 'client-secret',
    type: 'string',
    argument: 'FILE',
    describe: 'file of the client secret; - is standard input',
  },
  'federated-token-file': {
    path: 'credential.file',
    kind: 'federated',
    type: 'string',
    argument: 'FILE',
    describe: 'file of the federated assertion',
  },
  proxy: { path: 'proxy', type: 'string', argument: 'URL', describe: 'proxy for both hops' },
  ca: {
    path: 'caFile',
    type: 'string',
    argument: 'FILE',
    describe: "certificates to trust beside the system's",
  },
  'token-cache': {
    path: 'tokenCache',
    type: 'string',
    argument: 'WHERE',
    describe: 'where tokens are kept: memory, file, file:PATH or redis://…',
  },
  deadline: {
    path: 'deadline',
    type: 'string',
    argument: 'DURATION',
    describe: 'for the whole command',
  },
  'allow-weak-permissions': {
    path: 'allowWeakPermissions',
    type: 'boolean',
    describe: 'accept key and secret files that others may read',
  },
} as const satisfies Record<string, SettingsFlag>;

export type SettingsFlagName = keyof typeof settingsFlags;

/** Flags that people try and that are refused: everybody on the machine can read them in the process list. */
export const refusedFlags = [
  'secret',
  'client-secret',
  'password',
  'certificate-password',
] as const;

/** What the command line says, by flag without dashes; `undefined` where a flag was not given. */
export type FlagValues = Readonly<
  Partial<Record<SettingsFlagName | (typeof refusedFlags)[number], unknown>>
>;

/** The flags' values under the names of the native form; paths in them are relative to `folder`. */
export function readFlags(
  flags: FlagValues,
  folder: string,
  report: Report,
): readonly SettingValue[] {
  for (const name of refusedFlags) {
    if (flags[name] === undefined) continue;
    report.mistake({
      path: name.endsWith('password') ? 'credential.password' : 'credential.secret',
      source: `--${name}`,
      message: 'a secret on the command line can be read by everybody on this machine',
      hint: 'Use --secret-file FILE, --secret-file - for standard input, or AZURE_CLIENT_SECRET; and renew this one.',
    });
  }
  const known = Object.entries<SettingsFlag>(settingsFlags);
  return known.flatMap(([name, { path, kind }]) => {
    const value = flags[name as SettingsFlagName];
    if (path === undefined || value === undefined) return [];
    const source = `--${name}`;
    if (!Array.isArray(value)) return [{ path, value, source, rank: ranks.flag, folder, kind }];
    report.mistake({ path, source, message: 'is given more than once', hint: 'Give it once.' });
    return [];
  });
}
