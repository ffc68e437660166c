// The functions of the main entry that need most of the code. Each loads it when it is first called, so that importing
// the library is fast: settings alone load a schema library of about a hundred modules.
import type { ConsentTarget } from './credential/admin-consent-url.ts';
import type { StrategyKind } from './credential/strategies.ts';
import type { DiagnoseOptions } from './doctor/diagnose.ts';
import type { Verdict } from './doctor/verdict.ts';
import type { FileListingOptions } from './export/list-to-file.ts';
import type { Receipt } from './listing/receipt.ts';
import type { Ports } from './ports.ts';
import type { UserGroup } from './aggregate/count-users-by.ts';
import type { DuplicateValue } from './aggregate/find-duplicate-users.ts';
import type { UserPages } from './aggregate/user-pages.ts';
import type { DiffOptions, ExportDiff, ExportFile } from './diff/diff-exports.ts';
import type { Explanation } from './query/explain.ts';
import type { UserQuery } from './query/user-query.ts';
import type { LoadOptions } from './settings/load-options.ts';
import type { GivenSettings } from './settings/parse-settings.ts';
import type { Profiles } from './settings/profiles/load-profiles.ts';
import type { Settings } from './settings/settings.ts';
import type { StarterValues } from './settings/starter-settings.ts';
import type { Directory } from './users/directory.ts';
import type { Users } from './users/users.ts';

/**
 * Loads the settings from all their sources, in this order of precedence: flags, `ROLLCALL_*` variables, the files that
 * `--env-file`, `--config` and `--profile` name, and the variables of Azure. Reads no file that is not named, opens no
 * connection and reads no credential file.
 * @throws {SettingsError} with every problem of every source
 *
 * @example
 * const settings = await loadSettings({ flags: { config: 'rollcall.json' } });
 * await using directory = await openDirectory(settings);
 */
export async function loadSettings(options: LoadOptions = {}): Promise<Settings> {
  const module = await import('./settings/load-settings.ts');
  return await module.loadSettings(options);
}

/**
 * Loads only the tenant and the application of the settings, for `adminConsentUrl`: no credential is required, and one
 * that is invalid does not matter. The sources are those of `loadSettings`.
 * @throws {SettingsError} with every problem of tenant, cloud, authority and client ID
 *
 * @example
 * console.log(adminConsentUrl(await loadConsentTarget({ flags: { config: 'rollcall.json' } })).href);
 */
export async function loadConsentTarget(options: LoadOptions = {}): Promise<ConsentTarget> {
  const module = await import('./settings/load-consent-target.ts');
  return await module.loadConsentTarget(options);
}

/**
 * Loads the profiles of the configuration file that is named, else of the user's own: their names, tenants and kinds of
 * credentials, without secrets. A profile can name several tenants: each is selected with the flag `tenant`.
 * @throws {SettingsError} when there is no such file, or it has no profiles
 *
 * @example
 * const { profiles } = await loadProfiles({ flags: { config: 'rollcall.json' } });
 * for (const { name } of profiles) await loadSettings({ flags: { config: 'rollcall.json', profile: name } });
 */
export async function loadProfiles(options: LoadOptions = {}): Promise<Profiles> {
  const module = await import('./settings/profiles/load-profiles.ts');
  return await module.loadProfiles(options);
}

/**
 * Makes a profile the one that is used when none is named. Comments in the file remain.
 * @returns the path of the file
 * @throws {SettingsError} when the profile does not exist
 * @throws {OutputError} when the file cannot be written
 *
 * @example
 * await setDefaultProfile('contoso', { flags: { config: 'rollcall.json' } });
 */
export async function setDefaultProfile(name: string, options: LoadOptions = {}): Promise<string> {
  const module = await import('./settings/profiles/edit-profiles.ts');
  return await module.setDefaultProfile(name, options);
}

/**
 * Removes a profile from the configuration file. If it is the default one, there is no default afterwards.
 * @returns the path of the file
 * @throws {SettingsError} when the profile does not exist
 * @throws {OutputError} when the file cannot be written
 *
 * @example
 * await removeProfile('fabrikam', { flags: { config: 'rollcall.json' } });
 */
export async function removeProfile(name: string, options: LoadOptions = {}): Promise<string> {
  const module = await import('./settings/profiles/edit-profiles.ts');
  return await module.removeProfile(name, options);
}

/**
 * Checks settings that a program passes as a plain object, in the native form or the quickstart's; a secret is text
 * or a `Secret`, and `credential` can be a `TokenCredential` of another library. No environment variable and no
 * file is read; relative paths start from the working directory.
 * @throws {SettingsError} with every problem
 *
 * @example
 * const settings = await parseSettings({
 *   tenant: 'contoso.com',
 *   clientId: '11111111-2222-3333-4444-555555555555',
 *   credential: { kind: 'client-secret', secret },
 * });
 */
export async function parseSettings(plain: GivenSettings): Promise<Settings> {
  const module = await import('./settings/parse-settings.ts');
  return module.parseSettings(plain);
}

/**
 * Returns the JSON Schema (draft 2020-12) of settings files in the native form; the package also contains it as
 * `settings.schema.json`. It checks names and types, not whether a value is a placeholder or a tenant.
 *
 * @example
 * console.log(JSON.stringify(await settingsJsonSchema(), null, 2));
 */
export async function settingsJsonSchema(): Promise<Record<string, unknown>> {
  const module = await import('./settings/settings-json-schema.ts');
  return module.settingsJsonSchema();
}

/**
 * Returns a starter settings file for one kind of credential: JSON with comments and `<…>` placeholders, which are
 * rejected until they are replaced.
 * @param values replaces the placeholders; `schema` becomes `$schema`
 *
 * @example
 * await writeFile('rollcall.json', await starterSettings('client-certificate'));
 */
export async function starterSettings(
  kind: StrategyKind,
  values: StarterValues = {},
): Promise<string> {
  const module = await import('./settings/starter-settings.ts');
  return module.starterSettings(kind, values);
}

/**
 * Opens one tenant. Nothing is sent before the first call. Dispose of the directory when done: its connections are
 * kept alive until then.
 *
 * @param given settings of `loadSettings`; or plain settings, which are checked here: the native form, a parsed
 *   quickstart `parameters.json`, or the native form with a `TokenCredential` as `credential`
 * @param replaced ports that replace the real ones, for example `{ log }`: without it nothing is logged
 * @throws {SettingsError} when the settings are invalid, or the file of CA certificates cannot be read
 *
 * @example
 * await using directory = await openDirectory(await loadSettings());
 * for await (const user of directory.users.list({ select: ['id', 'displayName'] }))
 *   console.log(user.displayName);
 *
 * @example
 * import { DefaultAzureCredential } from '@azure/identity';
 * const credential = new DefaultAzureCredential();
 * await using directory = await openDirectory({ tenant: 'contoso.com', credential });
 */
export async function openDirectory(
  given: Settings | GivenSettings,
  replaced: Partial<Ports> = {},
): Promise<Directory> {
  const module = await import('./open-directory.ts');
  return await module.openDirectory(given, replaced);
}

/**
 * Checks each step from the settings to the first user, in order, and yields one verdict per step, with a remedy where
 * something is wrong. The steps after a failure are skipped. Requests one token and one user; does not use the token
 * cache.
 *
 * @param given settings in any form that `openDirectory` accepts, or a function that returns them, such as
 *   `() => loadSettings()`: an error that it throws becomes the verdict of the settings step
 * @throws `signal.reason` when aborted; nothing else
 *
 * @example
 * for await (const { step, verdict, message, hint } of diagnose(() => loadSettings()))
 *   console.log(step, verdict, message, hint ?? '');
 */
export async function* diagnose(
  given:
    | Settings
    | GivenSettings
    | (() => Settings | GivenSettings | Promise<Settings | GivenSettings>),
  options: DiagnoseOptions = {},
): AsyncGenerator<Verdict, void, undefined> {
  const module = await import('./open-directory.ts');
  yield* module.diagnose(given, options);
}

/**
 * Lists users to a file. Each page is written to a partial file in the same folder and then recorded in a checkpoint;
 * the file gets its name when the listing is complete. An interrupted listing leaves the checkpoint, from which
 * `resume` continues: if the directory did not change, the file has exactly the bytes of an uninterrupted run.
 * @throws {OutputError} when the file cannot be written, or exists and `force` is not set
 * @throws {ResumeError} when the checkpoint is damaged, or belongs to another tenant, query or format
 *
 * @example
 * await listToFile(directory.users, { select: ['id', 'mail'] }, { path: 'users.csv', format: 'csv' });
 */
export async function listToFile(
  users: Users,
  query: UserQuery,
  options: FileListingOptions,
): Promise<Receipt> {
  const module = await import('./export/list-to-file.ts');
  return await module.listToFile(users, query, options);
}

/**
 * Returns whether an interrupted {@link listToFile} can be continued with `resume`: whether it left a checkpoint.
 *
 * @example
 * const resume = await isResumable('users.csv');
 */
export async function isResumable(path: string): Promise<boolean> {
  const module = await import('./export/partial-files.ts');
  return await module.isResumable(path);
}

/**
 * Returns the request that a listing would send for its first page, its cost, and the reason for everything that the
 * query does not name itself. Sends nothing.
 * @param graph the Graph root with its version
 * @throws {QueryError} when the query is invalid
 *
 * @example
 * const { url, why } = await explain(new URL('https://graph.microsoft.com/v1.0'), { search: 'displayName:Ada' });
 */
export async function explain(graph: URL, query: UserQuery = {}): Promise<Explanation> {
  const module = await import('./query/explain.ts');
  return module.explain(graph, query);
}

/**
 * Compares two exports of users by ID: which were added, removed, or changed in which properties. The files are read
 * twice at most and a user takes about 70 bytes of memory, so that millions can be compared. Both exports must be
 * verified by their receipts.
 * @throws {ExportError} when a file cannot be read as an export, or the exports are of different tenants or queries
 * @throws {UnverifiedExportError} when a receipt is missing, says that the listing is not verified, or belongs to other
 *   users than those of the file
 *
 * @example
 * await using diff = await diffExports({ path: 'monday.csv' }, { path: 'friday.csv' }, { ignore: ['signInActivity'] });
 * for await (const { change, id } of diff.differences()) console.log(change, id);
 * console.log(diff.counts.added, diff.counts.removed, diff.counts.changed);
 */
export async function diffExports(
  older: ExportFile,
  newer: ExportFile,
  options: DiffOptions = {},
): Promise<ExportDiff> {
  const module = await import('./diff/diff-exports.ts');
  return await module.diffExports(older, newer, options);
}

/**
 * Counts the users of a listing by the values of properties, largest groups first. Only the groups are in memory. The
 * counts are complete when the listing is: its receipt says so.
 * @param properties selected properties, or paths such as `manager.displayName`
 * @throws the errors of the listing
 *
 * @example
 * const listing = directory.users.list({ select: ['department', 'accountEnabled'] });
 * for (const { values, count } of await countUsersBy(listing, ['department', 'accountEnabled']))
 *   console.log(values.department, values.accountEnabled, count);
 */
export async function countUsersBy(
  listing: UserPages,
  properties: readonly string[],
): Promise<readonly UserGroup[]> {
  const module = await import('./aggregate/count-users-by.ts');
  return await module.countUsersBy(listing, properties);
}

/**
 * Finds values that several users of a listing have, such as a mail address. Differences of case are ignored, as Entra
 * does when it compares them; the elements of a list are compared one by one, and properties only with themselves. A
 * user takes about 100 bytes of memory.
 * @throws the errors of the listing
 *
 * @example
 * const listing = directory.users.list({ select: ['userPrincipalName', 'mail', 'employeeId'] });
 * for (const { property, value, users } of await findDuplicateUsers(listing, ['mail', 'employeeId']))
 *   console.log(property, value, users.map(({ id }) => id));
 */
export async function findDuplicateUsers(
  listing: UserPages,
  properties: readonly string[],
): Promise<readonly DuplicateValue[]> {
  const module = await import('./aggregate/find-duplicate-users.ts');
  return await module.findDuplicateUsers(listing, properties);
}
