import { dirname, resolve } from 'node:path';

import { ranks } from './setting-value.ts';
import { collectReport, type Report } from './report.ts';
import { knownKeys, resolveSettings } from './resolve-settings.ts';
import type { Settings } from './settings.ts';
import { type ConfigFile, findConfigFile, readConfigFile } from './sources/config-file.ts';
import { parseEnvFile } from './sources/env-file.ts';
import { readEnvironment, type SetVariables } from './sources/environment.ts';
import { type FlagValues, readFlags } from './sources/flags.ts';
import { readTextFile } from './sources/text-file.ts';

export interface LoadOptions {
  /** The command line's values, by flag without dashes; see `settingsFlags`. */
  readonly flags?: FlagValues | undefined;
  /** `process.env` when absent. */
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined;
  /** The working folder: where default files are looked for, and what relative paths of flags start from. */
  readonly folder?: string | undefined;
}

/** Variables, and the folder that relative paths in them start from. */
interface Variables {
  readonly set: SetVariables;
  readonly folder: string;
}

/** The file that a flag names; a flag without a name, or given twice, is told as a mistake. */
function fileOfFlag(
  flag: 'config' | 'env-file',
  flags: FlagValues,
  report: Report,
): string | undefined {
  const name = flags[flag];
  if (name === undefined || (typeof name === 'string' && name !== '')) return name;
  report.mistake({
    path: flag,
    source: `--${flag}`,
    message: 'must be one file',
    hint: 'Give it once, with the name of a file.',
  });
  return undefined;
}

async function envFileVariables(
  flags: FlagValues,
  folder: string,
  report: Report,
): Promise<Variables> {
  const name = fileOfFlag('env-file', flags, report);
  if (name === undefined) return { set: new Map(), folder };
  const path = resolve(folder, name);
  const shown = { path: 'env-file', source: `${name}, named by --env-file` };
  const text = await readTextFile(path, shown, report);
  const variables = text === undefined ? [] : parseEnvFile(text, name, report);
  const set = new Map(
    variables.map((each) => [
      each.name,
      { value: each.value, source: `${each.name} at ${each.source}` },
    ]),
  );
  return { set, folder: dirname(path) };
}

async function chooseConfigFile(
  flags: FlagValues,
  variables: readonly Variables[],
  folder: string,
  report: Report,
): Promise<ConfigFile | undefined> {
  if (flags.config !== undefined) {
    const name = fileOfFlag('config', flags, report);
    return name === undefined
      ? undefined
      : { name, path: resolve(folder, name), namedBy: '--config' };
  }
  for (const { set, folder: base } of variables) {
    const variable = set.get('ROLLCALL_CONFIG');
    if (variable === undefined || variable.value === '') continue;
    const { value: name, source: namedBy } = variable;
    return { name, path: resolve(base, name), namedBy };
  }
  return await findConfigFile(folder);
}

/**
 * Reads the settings from all their sources, highestPrecedence first: flags, environment, `--env-file`, and the settings
 * file (`--config`, else `ROLLCALL_CONFIG`, else `rollcall.json` or `parameters.json` in the working folder).
 * Opens no socket and reads no credential file.
 * @throws {SettingsError} with every mistake in every source
 */
export async function loadSettings(options: LoadOptions = {}): Promise<Settings> {
  const { flags = {}, environment = process.env, folder = process.cwd() } = options;
  const report = collectReport();
  const own: Variables = {
    set: new Map(
      Object.entries(environment).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, { value, source: name }]],
      ),
    ),
    folder,
  };
  const filed = await envFileVariables(flags, folder, report);
  const file = await chooseConfigFile(flags, [own, filed], folder, report);
  const found = [
    ...readFlags(flags, folder, report),
    ...readEnvironment(own.set, { rank: ranks.environment, folder }, report),
    ...readEnvironment(filed.set, { rank: ranks.envFile, folder: filed.folder }, report),
    ...(file === undefined ? [] : await readConfigFile(file, knownKeys, report)),
  ];
  return resolveSettings(found, report);
}
