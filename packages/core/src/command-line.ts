// The part of core that a command line needs for `--help` and for its own errors, without loading the rest.
export { exitCodeOf, exitCodes, internalError } from './errors/exit-codes.ts';
export { type Remedy, remedyText, type RemedyTexts } from './errors/remedies.ts';
export { describeEvent, events, type Log, type LogLevel } from './events.ts';
export { nearestName } from './nearest-name.ts';
export { safeText } from './safe-text.ts';
export {
  type SettingsFlag,
  type SettingsFlagName,
  settingsFlags,
} from './settings/sources/flags.ts';
export { type FormatName, formats } from './sinks/formats.ts';
