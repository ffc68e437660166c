import { strategies as builtIn } from '../credential/strategies.ts';
import type { StrategyRegistry } from '../credential/strategy.ts';
import { withHint } from '../errors/remedies.ts';
import { type CollectedIssues, collectIssues, type IssueReport } from './collect-issues.ts';
import { checkLoadOptions } from './check-load-options.ts';
import { createSealer } from './create-sealer.ts';
import type { LoadOptions } from './load-options.ts';
import { resolveSettings } from './resolve-settings.ts';
import { precedences, type SettingValue } from './setting-value.ts';
import type { Settings } from './settings.ts';
import { findUnnamedFile, readConfigFiles } from './sources/read-config-files.ts';
import { readEnvironment } from './sources/environment.ts';
import { readFlags } from './sources/flags.ts';
import { acceptsWeakPermissions, readNamedSources } from './sources/read-named-sources.ts';

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
  const sources = await readNamedSources(flags, environment, directory, report);
  const { own, envFile, config: named, profile } = sources;
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
