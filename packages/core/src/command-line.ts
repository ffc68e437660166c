// What a command line needs to know before it does anything: light enough to load for `--help`.
export { exitCodeOf } from './errors/exit-codes.ts';
export {
  type SettingsFlag,
  type SettingsFlagName,
  settingsFlags,
} from './settings/sources/flags.ts';
export { type FormatName, formats } from './sinks/formats.ts';
