export { type Cloud, type CloudName, clouds } from './cloud.ts';
export { adminConsentUrl } from './credential/admin-consent-url.ts';
export { codes, type ErrorCategory, type ErrorCode } from './errors/codes.ts';
export { DirectoryError, type ErrorFacts } from './errors/directory-error.ts';
export { SettingsError, type SettingsIssue } from './errors/settings-error.ts';
export type { Page } from './pages/page.ts';
export type { Receipt } from './pages/receipt.ts';
export type { Clock, Log, LogFields, LogLevel } from './ports.ts';
export type { UserQuery } from './query/user-query.ts';
export { Secret } from './secret.ts';
export { type LoadOptions, loadSettings } from './settings/load-settings.ts';
export { parseSettings } from './settings/parse-settings.ts';
export { settingsJsonSchema } from './settings/settings-json-schema.ts';
export { showSettings, type ShownSetting } from './settings/shown-settings.ts';
export {
  type FlagValues,
  refusedFlags,
  type SettingsFlag,
  type SettingsFlagName,
  settingsFlags,
} from './settings/sources/flags.ts';
export type {
  CredentialSettings,
  Limits,
  Settings,
  TokenCacheSettings,
} from './settings/settings.ts';
export type { Format, Sink, SinkOptions } from './sinks/sink.ts';
export type {
  CallOptions,
  Directory,
  DirectoryCredential,
  UserListing,
  Users,
} from './directory.ts';
