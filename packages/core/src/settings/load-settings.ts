import { dirname, resolve } from 'node:path';

import { strategies as builtIn } from '../credential/strategies.ts';
import type { StrategyRegistry } from '../credential/strategy.ts';
import { Secret } from '../secret.ts';
import { collectIssues, type IssueReport } from './collect-issues.ts';
import { createSealer } from './create-sealer.ts';
import { resolveSettings } from './resolve-settings.ts';
import { precedences, type SettingValue } from './setting-value.ts';
import type { Settings } from './settings.ts';
import { type ConfigFile, findConfigFile, readConfigFile } from './sources/read-config-file.ts';
import { parseEnvFile } from './sources/parse-env-file.ts';
import { readEnvironment, type SetVariables } from './sources/environment.ts';
import { type FlagValues, readFlags } from './sources/flags.ts';
import { readTextFile } from './sources/read-text-file.ts';

export interface LoadOptions {
  /** The values of the command line, by flag without dashes; see `settingsFlags`. */
  readonly flags?: FlagValues | undefined;
  /** `process.env` when absent. */
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined;
  /** The working directory: default files are read from it, and relative paths of flags start from it. */
  readonly folder?: string | undefined;
}

/** Variables, and the directory that relative paths in them start from. */
interface Variables {
  readonly set: SetVariables;
  readonly directory: string;
}

/** Returns the file that a flag names; reports a flag without a name, or one that is specified twice. */
function fileOfFlag(
  flag: 'config' | 'env-file',
  flags: FlagValues,
  report: IssueReport,
): string | undefined {
  const name = flags[flag];
  if (name === undefined || (typeof name === 'string' && name !== '')) return name;
  report.error({
    path: flag,
    source: `--${flag}`,
    message: 'must be the path of one file',
    hint: 'Use it once, with the path of a file.',
  });
  return undefined;
}

async function envFileVariables(
  flags: FlagValues,
  directory: string,
  report: IssueReport,
): Promise<Variables> {
  const name = fileOfFlag('env-file', flags, report);
  if (name === undefined) return { set: new Map(), directory };
  const path = resolve(directory, name);
  const issue = { path: 'env-file', source: `${name}, named by --env-file` };
  const text = await readTextFile(path, issue, report);
  const variables = text === undefined ? [] : parseEnvFile(text, name, report);
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

async function selectConfigFile(
  flags: FlagValues,
  variables: readonly Variables[],
  directory: string,
  report: IssueReport,
): Promise<ConfigFile | undefined> {
  if (flags.config !== undefined) {
    const name = fileOfFlag('config', flags, report);
    return name === undefined
      ? undefined
      : { name, path: resolve(directory, name), namedBy: '--config' };
  }
  for (const { set, directory: base } of variables) {
    const variable = set.get('ROLLCALL_CONFIG');
    const name = variable?.value.reveal() ?? '';
    if (variable === undefined || name === '') continue;
    return { name, path: resolve(base, name), namedBy: variable.source };
  }
  return await findConfigFile(directory);
}

/** Reads the unchecked values of all sources. Reports sources that cannot be read. */
export async function readSources(
  { flags = {}, environment = process.env, folder: directory = process.cwd() }: LoadOptions,
  strategies: StrategyRegistry,
  report: IssueReport,
): Promise<readonly SettingValue[]> {
  const context = { strategies, seal: createSealer(strategies) };
  const own = processVariables(environment, directory);
  const envFile = await envFileVariables(flags, directory, report);
  const file = await selectConfigFile(flags, [own, envFile], directory, report);
  const ofProcess = { ...context, precedence: precedences.environment, directory };
  const ofEnvFile = {
    ...context,
    precedence: precedences.envFile,
    directory: envFile.directory,
  };
  return [
    ...readFlags(flags, { ...context, directory }, report),
    ...readEnvironment(own.set, ofProcess, report),
    ...readEnvironment(envFile.set, ofEnvFile, report),
    ...(file === undefined ? [] : await readConfigFile(file, context, report)),
  ];
}

/** Loads settings whose credential is one of `strategies`; otherwise the same as {@link loadSettings}. */
export async function loadSettingsWith(
  strategies: StrategyRegistry,
  options: LoadOptions,
): Promise<Settings> {
  const report = collectIssues();
  const values = await readSources(options, strategies, report);
  return resolveSettings(values, report, { strategies });
}

/** Loads the settings from all their sources; see `loadSettings` of library.ts. */
export async function loadSettings(options: LoadOptions = {}): Promise<Settings> {
  return loadSettingsWith(builtIn, options);
}
