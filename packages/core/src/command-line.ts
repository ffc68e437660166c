// What a command line needs before it loads the library: light enough to load for `--help`.
export { exitCodeOf } from './errors/exit-codes.ts';
export { type Remedy, remedyText, type RemedyTexts } from './errors/remedies.ts';
export { describeEvent, events, type Log, type LogLevel } from './events.ts';
export {
  type SettingsFlag,
  type SettingsFlagName,
  settingsFlags,
} from './settings/sources/flags.ts';
export { type FormatName, formats } from './sinks/formats.ts';
