import { dirname } from 'node:path';

import type { StrategyRegistry } from '../../credential/strategy.ts';
import type { IssueReport } from '../collect-issues.ts';
import { type Precedence, revealed, type Sealer, type SettingValue } from '../setting-value.ts';
import { checkSettingsFile, containsSecret } from './check-settings-file.ts';
import { type JsonMember, parseJsonDocument } from './parse-json-document.ts';
import { readMembers } from './read-members.ts';
import { readTextFile } from './read-text-file.ts';

/** A configuration file and the source of its name. */
export interface ConfigFile {
  /** The name as the user wrote it. */
  readonly name: string;
  readonly path: string;
  /** Absent for the user's own configuration file, which nothing needs to name. */
  readonly namedBy?: string | undefined;
  readonly precedence: Precedence;
}

/** The name of a profile and the source of the name. */
export interface ProfileName {
  readonly name: string;
  readonly source: string;
}

export interface ConfigFileContext {
  readonly strategies: StrategyRegistry;
  readonly seal: Sealer;
  /** Whether files that other users can change are accepted. */
  readonly allowWeakPermissions: boolean;
}

const profilesKey = 'profiles';
const defaultKey = 'defaultProfile';

/** The keys that a file with `profiles` can have. */
const keysWithProfiles: ReadonlySet<string> = new Set(['$schema', profilesKey, defaultKey]);

/** Returns the source of a file for messages: its name, and what names it. */
function sourceOf({ name, path, namedBy }: ConfigFile): string {
  return namedBy === undefined ? path : `${name}, named by ${namedBy}`;
}

/** Returns the members of a configuration file; undefined after reporting why it cannot be used. */
export async function readConfigMembers(
  file: ConfigFile,
  { seal, allowWeakPermissions }: ConfigFileContext,
  report: IssueReport,
): Promise<readonly JsonMember[] | undefined> {
  const { name, path } = file;
  const issue = { path: 'config', source: sourceOf(file) };
  const read = await readTextFile(path, issue, report);
  if (read === undefined) return undefined;
  const members = parseJsonDocument(read.text, { name, seal }, report);
  if (members === undefined || allowWeakPermissions) return members;
  const facts = { path, mode: read.mode, hasSecret: containsSecret(members) };
  return (await checkSettingsFile(facts, issue, report)) ? members : undefined;
}

export function hasProfiles(members: readonly JsonMember[]): boolean {
  return members.some(({ key }) => key === profilesKey);
}

/** Returns the profile of that name, else the file's default profile; undefined after reporting why there is none. */
export function selectProfile(
  members: readonly JsonMember[],
  file: ConfigFile,
  requested: ProfileName | undefined,
  report: IssueReport,
): readonly JsonMember[] | undefined {
  const profiles = members.find(({ key }) => key === profilesKey);
  function fail(path: string, source: string, message: string, hint: string): undefined {
    report.error({ path, source, message, hint });
  }
  for (const { key, keySource } of members)
    if (!keysWithProfiles.has(key))
      fail(
        key,
        keySource,
        `cannot be used together with ${profilesKey}`,
        'Move it into a profile.',
      );
  if (profiles?.members === undefined)
    return fail(
      profilesKey,
      profiles?.source ?? file.name,
      'must be an object',
      'Write "profiles": { "NAME": { … } }.',
    );
  const names = profiles.members.map(({ key }) => key);
  const available =
    names.length === 0 ? 'The file has no profiles.' : `Available profiles: ${names.join(', ')}.`;
  const byDefault = members.find(({ key }) => key === defaultKey);
  const name = requested?.name ?? revealed(byDefault?.value);
  const source = requested?.source ?? byDefault?.source ?? file.name;
  if (name === undefined)
    return fail(
      'profile',
      source,
      'required: the file has profiles and no defaultProfile',
      available,
    );
  const profile = profiles.members.find(({ key }) => key === name);
  if (profile === undefined)
    return fail('profile', source, 'is not a profile of the file', available);
  if (profile.members === undefined)
    return fail(
      'profile',
      profile.source,
      'must be an object',
      'Write the settings of the profile in braces.',
    );
  return profile.members;
}

/** Returns the values of the members of a file, or of one of its profiles. */
export function valuesOfConfig(
  members: readonly JsonMember[],
  { path, precedence }: ConfigFile,
  { strategies }: ConfigFileContext,
  report: IssueReport,
): readonly SettingValue[] {
  return readMembers(members, { precedence, directory: dirname(path), strategies }, report);
}
