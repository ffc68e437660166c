import { access } from 'node:fs/promises';
import { resolve } from 'node:path';

import type { IssueReport } from '../collect-issues.ts';
import { precedences, type SettingValue } from '../setting-value.ts';
import {
  type ConfigFile,
  type ConfigFileContext,
  hasProfiles,
  type ProfileName,
  readConfigMembers,
  selectProfile,
  valuesOfConfig,
} from './read-config-file.ts';

export interface ConfigFilesOptions extends ConfigFileContext {
  /** The file that a flag or a variable names. */
  readonly named?: ConfigFile | undefined;
  readonly profile?: ProfileName | undefined;
  /** The path of the user's own configuration file, if it is read. */
  readonly userConfigFile?: string | undefined;
}

/** Whether a file exists, or cannot be accessed. */
export async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch (error) {
    // A file that exists but cannot be accessed is reported when it is read.
    return (error as { code?: unknown }).code !== 'ENOENT';
  }
}

/**
 * Returns the values of the file that is named, and of the profile that is named. The profile is one of the named file,
 * if that has profiles, else one of the user's own configuration file.
 */
async function readNamedFile(
  file: ConfigFile,
  { profile, ...context }: ConfigFilesOptions,
  report: IssueReport,
): Promise<{ readonly values: readonly SettingValue[]; readonly usesProfile: boolean }> {
  const members = await readConfigMembers(file, context, report);
  if (members === undefined) return { values: [], usesProfile: true };
  const usesProfile = hasProfiles(members);
  const selected = usesProfile ? selectProfile(members, file, profile, report) : members;
  const values = selected === undefined ? [] : valuesOfConfig(selected, file, context, report);
  return { values, usesProfile };
}

async function readUserFile(
  path: string,
  { profile, ...context }: ConfigFilesOptions,
  report: IssueReport,
): Promise<readonly SettingValue[]> {
  const precedence = profile === undefined ? precedences.defaultProfile : precedences.profile;
  const file: ConfigFile = { name: path, path, precedence };
  const members = await readConfigMembers(file, context, report);
  if (members === undefined) return [];
  const isPlain = !hasProfiles(members) && profile === undefined;
  // Without a default profile the file has nothing to say unless a profile is named.
  if (!isPlain && profile === undefined && !members.some(({ key }) => key === 'defaultProfile'))
    return [];
  const selected = isPlain ? members : selectProfile(members, file, profile, report);
  return selected === undefined ? [] : valuesOfConfig(selected, file, context, report);
}

/** Returns the values of the configuration files that are named, and of the user's own. */
export async function readConfigFiles(
  options: ConfigFilesOptions,
  report: IssueReport,
): Promise<readonly SettingValue[]> {
  const { named, userConfigFile } = options;
  const { values, usesProfile } =
    named === undefined
      ? { values: [], usesProfile: false }
      : await readNamedFile(named, options, report);
  const ofUser = usesProfile ? { ...options, profile: undefined } : options;
  if (userConfigFile !== undefined && (await exists(userConfigFile)))
    return [...values, ...(await readUserFile(userConfigFile, ofUser, report))];
  if (ofUser.profile !== undefined)
    report.error({
      path: 'profile',
      source: ofUser.profile.source,
      message:
        userConfigFile === undefined
          ? 'no configuration file with profiles is named'
          : `the configuration file with profiles does not exist: ${userConfigFile}`,
      hint: 'Name a configuration file that has `profiles`.',
    });
  return values;
}

/** The files that other versions of this program and Microsoft's samples read from the working directory. */
const unnamedFiles = ['parameters.json', 'rollcall.json'] as const;

/** Returns a configuration file of the working directory, which is never read because it is there. */
export async function findUnnamedFile(directory: string): Promise<string | undefined> {
  for (const name of unnamedFiles) if (await exists(resolve(directory, name))) return `./${name}`;
  return undefined;
}
