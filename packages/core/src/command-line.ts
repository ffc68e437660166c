// The part of core that a command line needs for `--help` and for its own errors, without loading the rest.
export { exitCodeOf, exitCodes, internalError } from './errors/exit-codes.ts';
export {
  type ErrorReport,
  errorReport,
  type ErrorReportOptions,
  headline,
} from './command-line/error-report.ts';
export { type Hinted, hintText, type RemedyTexts } from './errors/remedies.ts';
export { describeEvent, events, type Log, type LogLevel } from './events.ts';
export { nearestName } from './nearest-name.ts';
export { safeText } from './safe-text.ts';
export { flagRemedies } from './settings/sources/flag-remedies.ts';
export {
  rejectedFlags,
  type SettingsFlag,
  type SettingsFlagName,
  settingsFlags,
  settingsFlagsHeading,
} from './settings/sources/flags.ts';
export { type FormatName, formats } from './sinks/formats.ts';
