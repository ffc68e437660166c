import { dirname, resolve } from 'node:path';

import { Secret } from '../../secret.ts';
import type { IssueReport } from '../collect-issues.ts';
import { precedences } from '../setting-value.ts';
import { checkSettingsFile } from './check-settings-file.ts';
import type { SetVariables } from './environment.ts';
import type { FlagValues } from './flags.ts';
import { parseEnvFile } from './parse-env-file.ts';
import type { ConfigFile, ProfileName } from './read-config-file.ts';
import { readTextFile } from './read-text-file.ts';

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

/** Whether the user accepts files that other users can read. */
export function acceptsWeakPermissions(flags: FlagValues): boolean {
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

/** The variables, and the names that flags and variables give. */
export interface NamedSources {
  readonly own: Variables;
  readonly envFile: Variables;
  readonly config: ConfigFile | undefined;
  readonly profile: ProfileName | undefined;
}

/** Reads the variables of the process and of the env file, and which configuration file and profile are named. */
export async function readNamedSources(
  flags: FlagValues,
  environment: Readonly<Record<string, string | undefined>>,
  directory: string,
  report: IssueReport,
): Promise<NamedSources> {
  const own = processVariables(environment, directory);
  const envFile = await envFileVariables(flags, directory, report);
  const variables = [own, envFile];
  const config = selectName('config', flags, variables, directory, report);
  return {
    own,
    envFile,
    config: config && {
      name: config.name,
      path: resolve(config.directory, config.name),
      namedBy: config.source,
      precedence: precedences.configFile,
    },
    profile: selectName('profile', flags, variables, directory, report),
  };
}
