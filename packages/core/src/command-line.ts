// What a front end needs to parse a command line, to print help, settings, listings and errors. The main entry does not
// load it: it has the credential strategies and the output formats.
export {
  type ErrorReport,
  errorReport,
  type ErrorReportOptions,
  headline,
} from './command-line/error-report.ts';
export { strategies, type StrategyKind } from './credential/strategies.ts';
export { type StepName, stepNames } from './doctor/step-names.ts';
export { exitCodeOf, exitCodes, internalError } from './errors/exit-codes.ts';
export {
  type Hinted,
  hintText,
  remedies,
  type Remedy,
  type RemedyCode,
  remedyText,
  type RemedyTexts,
} from './errors/remedies.ts';
export { events, type Log } from './events.ts';
export {
  defineEvent,
  describeEvent,
  type EventDefinition,
  type EventRegistry,
  type LogFor,
  type LogLevel,
} from './event-registry.ts';
export { createOutputFile, type OutputFile } from './file-system/output-file.ts';
export { nearestName } from './nearest-name.ts';
export { spelledQuery } from './query/property-names.ts';
export {
  type QueryOptionName,
  queryOptionNames,
  type ReadQueryOption,
  readQueryOption,
} from './query/read-query-option.ts';
export { safeText } from './safe-text.ts';
export {
  ignoredSettings,
  showSettings,
  type ShownIgnored,
  type ShownSetting,
} from './settings/show-settings.ts';
export { flagRemedies } from './settings/sources/flag-remedies.ts';
export {
  type FlagValues,
  rejectedFlags,
  type SettingsFlag,
  type SettingsFlagName,
  settingsFlags,
  settingsFlagsHeading,
} from './settings/sources/flags.ts';
export { bytesOf } from './sinks/bytes-of.ts';
export { pageBytes } from './sinks/page-bytes.ts';
export { columnsOf } from './sinks/columns.ts';
export { type FormatName, formats } from './sinks/formats.ts';
export { queryForExpression } from './sinks/query-for-expression.ts';
export type { Format, Sink, SinkOptions } from './sinks/sink.ts';
