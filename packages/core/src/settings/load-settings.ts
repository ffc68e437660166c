import { dirname, resolve } from 'node:path';

import { strategies as builtIn } from '../credential/strategies.ts';
import type { StrategyRegistry } from '../credential/strategy.ts';
import { Secret } from '../secret.ts';
import { withHint } from '../errors/remedies.ts';
import { type CollectedIssues, collectIssues, type IssueReport } from './collect-issues.ts';
import { checkLoadOptions } from './check-load-options.ts';
import { createSealer } from './create-sealer.ts';
import type { LoadOptions } from './load-options.ts';
import { resolveSettings } from './resolve-settings.ts';
import { precedences, type SettingValue } from './setting-value.ts';
import type { Settings } from './settings.ts';
import type { ConfigFile, ProfileName } from './sources/read-config-file.ts';
import { findUnnamedFile, readConfigFiles } from './sources/read-config-files.ts';
import { parseEnvFile } from './sources/parse-env-file.ts';
import { readEnvironment, type SetVariables } from './sources/environment.ts';
import { checkSettingsFile } from './sources/check-settings-file.ts';
import { type FlagValues, readFlags } from './sources/flags.ts';
import { readTextFile } from './sources/read-text-file.ts';

/** Variables, and the directory that relative paths in them start from. */
interface Variables {
  readonly set: SetVariables;
  readonly directory: string;
}

/** Returns the name that a flag gives; reports a flag without a name, or one that is specified twice. */
function nameOfFlag(
  flag: 'config' | 'env-file' | 'profile',
  flags: FlagValues,
  report: IssueReport,
): string | undefined {
  const name = flags[flag];
  if (name === undefined || (typeof name === 'string' && name !== '')) return name;
  report.error({
    path: flag,
    source: `--${flag}`,
    message: flag === 'profile' ? 'must be one name' : 'must be the path of one file',
    hint: `Use it once, with ${flag === 'profile' ? 'a name' : 'the path of a file'}.`,
  });
  return undefined;
}

function acceptsWeakPermissions(flags: FlagValues): boolean {
  return flags['allow-weak-permissions'] === true;
}

/** Whether a variable of an env file can be a secret, by its name: files of other programs have variables of theirs. */
function isSecretVariable({ name }: { readonly name: string }): boolean {
  return /SECRET|PASSWORD|TOKEN|KEY|CERTIFICATE$|PROXY/u.test(name);
}

async function envFileVariables(
  flags: FlagValues,
  directory: string,
  report: IssueReport,
): Promise<Variables> {
  const name = nameOfFlag('env-file', flags, report);
  if (name === undefined) return { set: new Map(), directory };
  const path = resolve(directory, name);
  const issue = { path: 'env-file', source: `${name}, named by --env-file` };
  const read = await readTextFile(path, issue, report);
  const variables = read === undefined ? [] : parseEnvFile(read.text, name, report);
  if (read !== undefined && !acceptsWeakPermissions(flags)) {
    const facts = { path, mode: read.mode, hasSecret: variables.some(isSecretVariable) };
    if (!(await checkSettingsFile(facts, issue, report))) return { set: new Map(), directory };
  }
  const set = new Map(
    variables.map(({ name: variable, value, source }) => [
      variable,
      { value, source: `${variable} at ${source}` },
    ]),
  );
  return { set, directory: dirname(path) };
}

function processVariables(
  environment: Readonly<Record<string, string | undefined>>,
  directory: string,
): Variables {
  const set = new Map(
    Object.entries(environment).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, { value: new Secret(value), source: name }] as const],
    ),
  );
  return { set, directory };
}

/** A name, where it comes from, and the directory that it starts from if it is a path. */
interface GivenName {
  readonly name: string;
  readonly source: string;
  readonly directory: string;
}

/** Returns the name that a flag gives, else that of a variable; the first of several sources. */
function selectName(
  flag: 'config' | 'profile',
  flags: FlagValues,
  variables: readonly Variables[],
  directory: string,
  report: IssueReport,
): GivenName | undefined {
  if (flags[flag] !== undefined) {
    const name = nameOfFlag(flag, flags, report);
    return name === undefined ? undefined : { name, source: `--${flag}`, directory };
  }
  for (const { set, directory: base } of variables) {
    const variable = set.get(`ROLLCALL_${flag.toUpperCase()}`);
    const name = variable?.value.reveal() ?? '';
    if (variable !== undefined && name !== '')
      return { name, source: variable.source, directory: base };
  }
  return undefined;
}

/** Whether values say who signs in: without any of these there are no settings. */
function identifies({ path }: SettingValue): boolean {
  return /^(?:tenant|authority|clientId|credential\b)/u.test(path);
}

/** Reports that there are no settings, with the file that the user can name. */
async function reportNoSettings(directory: string, report: IssueReport): Promise<void> {
  const file = await findUnnamedFile(directory);
  report.error(
    file === undefined
      ? {
          path: 'config',
          source: 'no source',
          message: 'no flag, variable or file contains settings',
          ...withHint({ code: 'create-settings' }),
        }
      : {
          path: 'config',
          source: 'no source',
          message: `no settings are named; ${file} exists, but files of the working directory are not read unless they are named`,
          ...withHint({ code: 'name-config-file', file }),
        },
  );
}

/** Reads the unchecked values of all sources. Reports sources that cannot be read. */
export async function readSources(
  {
    flags = {},
    environment = process.env,
    cwd: directory = process.cwd(),
    userConfigFile,
  }: LoadOptions,
  strategies: StrategyRegistry,
  report: CollectedIssues,
): Promise<readonly SettingValue[]> {
  const allowWeakPermissions = acceptsWeakPermissions(flags);
  const context = { strategies, seal: createSealer(strategies), allowWeakPermissions };
  const own = processVariables(environment, directory);
  const envFile = await envFileVariables(flags, directory, report);
  const variables = [own, envFile];
  const config = selectName('config', flags, variables, directory, report);
  const profile: ProfileName | undefined = selectName(
    'profile',
    flags,
    variables,
    directory,
    report,
  );
  const named: ConfigFile | undefined = config && {
    name: config.name,
    path: resolve(config.directory, config.name),
    namedBy: config.source,
    precedence: precedences.configFile,
  };
  const ofProcess = { ...context, precedence: precedences.environment, directory };
  const ofEnvFile = {
    ...context,
    precedence: precedences.envFile,
    directory: envFile.directory,
  };
  const values = [
    ...readFlags(flags, { ...context, directory }, report),
    ...readEnvironment(own.set, ofProcess, report),
    ...readEnvironment(envFile.set, ofEnvFile, report),
    ...(await readConfigFiles({ ...context, named, profile, userConfigFile }, report)),
  ];
  const isEmpty = named === undefined && report.errors.length === 0;
  if (isEmpty && !values.some(identifies)) await reportNoSettings(directory, report);
  return values;
}

/** Loads settings whose credential is one of `strategies`; otherwise the same as {@link loadSettings}. */
export async function loadSettingsWith(
  strategies: StrategyRegistry,
  options: LoadOptions,
): Promise<Settings> {
  checkLoadOptions(options);
  const report = collectIssues();
  const values = await readSources(options, strategies, report);
  return resolveSettings(values, report, { strategies });
}

/** Loads the settings from all their sources; see `loadSettings` of library.ts. */
export async function loadSettings(options: LoadOptions = {}): Promise<Settings> {
  return loadSettingsWith(builtIn, options);
}
