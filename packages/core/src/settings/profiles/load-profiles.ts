import { strategies } from '../../credential/strategies.ts';
import { withHint } from '../../errors/remedies.ts';
import { SettingsError } from '../../errors/settings-error.ts';
import { checkLoadOptions } from '../check-load-options.ts';
import { collectIssues } from '../collect-issues.ts';
import { createSealer } from '../create-sealer.ts';
import type { LoadOptions } from '../load-options.ts';
import { precedences, revealed } from '../setting-value.ts';
import type { JsonMember } from '../sources/parse-json-document.ts';
import { exists } from '../sources/read-config-files.ts';
import { acceptsWeakPermissions, readNamedSources } from '../sources/read-named-sources.ts';
import { type ConfigFile, hasProfiles, readConfigMembers } from '../sources/read-config-file.ts';

/** One profile of a configuration file. */
export interface Profile {
  readonly name: string;
  /** Whether it is used when no profile is named. */
  readonly isDefault: boolean;
  /** The tenants that it names, one or several. */
  readonly tenants: readonly string[];
  readonly clientId: string | undefined;
  /** The kind of its credential, if it names one. */
  readonly credential: string | undefined;
}

/** The profiles of a configuration file. */
export interface Profiles {
  /** The path of the file. */
  readonly file: string;
  readonly profiles: readonly Profile[];
}

function textOf(members: readonly JsonMember[], ...keys: readonly string[]): string | undefined {
  const value = revealed(members.find(({ key }) => keys.includes(key))?.value);
  return typeof value === 'string' ? value : undefined;
}

/** The tenant in the authority, where files of the quickstart name it. */
function tenantOfAuthority(members: readonly JsonMember[]): readonly string[] {
  const authority = URL.parse(textOf(members, 'authority', 'oidc_authority') ?? '');
  const tenant = authority?.pathname.split('/')[1] ?? '';
  return tenant === '' ? [] : [tenant];
}

function profileOf(
  { key: name, members = [] }: JsonMember,
  byDefault: string | undefined,
): Profile {
  const tenant = members.find(({ key }) => key === 'tenant')?.value;
  const tenants = [tenant].flat().filter((each) => typeof each === 'string');
  const credential = members.find(({ key }) => key === 'credential')?.members ?? [];
  return {
    name,
    isDefault: name === byDefault,
    tenants: tenants.length > 0 ? tenants : tenantOfAuthority(members),
    clientId: textOf(members, 'clientId', 'client_id'),
    credential: textOf(credential, 'kind'),
  };
}

/** Loads the names of the profiles; see `loadProfiles` of library.ts. */
export async function loadProfiles(options: LoadOptions = {}): Promise<Profiles> {
  checkLoadOptions(options);
  const report = collectIssues();
  const { flags = {}, environment = process.env, cwd = process.cwd(), userConfigFile } = options;
  const { config } = await readNamedSources(flags, environment, cwd, report);
  const userFile: ConfigFile | undefined =
    userConfigFile === undefined
      ? undefined
      : { name: userConfigFile, path: userConfigFile, precedence: precedences.profile };
  const file = config ?? userFile;
  const allowWeakPermissions = acceptsWeakPermissions(flags);
  const context = { strategies, seal: createSealer(strategies), allowWeakPermissions };
  const isMissing = file !== undefined && file.namedBy === undefined && !(await exists(file.path));
  if (isMissing)
    report.error({
      path: 'config',
      source: file.path,
      message: 'the configuration file of this user does not exist',
      ...withHint({ code: 'create-settings' }),
    });
  const members =
    file === undefined || isMissing ? undefined : await readConfigMembers(file, context, report);
  if (file !== undefined && members !== undefined && !hasProfiles(members))
    report.error({
      path: 'profiles',
      source: file.name,
      message: 'the configuration file has no profiles',
      hint: 'Write "profiles": { "NAME": { … } } with the settings of each profile.',
    });
  if (file === undefined)
    report.error({
      path: 'config',
      message: 'no configuration file is named',
      hint: 'Name a configuration file that has `profiles`.',
    });
  if (file === undefined || members === undefined || report.errors.length > 0)
    throw new SettingsError(report.errors);
  const byDefault = textOf(members, 'defaultProfile');
  const profiles = members.find(({ key }) => key === 'profiles')?.members ?? [];
  return { file: file.path, profiles: profiles.map((profile) => profileOf(profile, byDefault)) };
}
