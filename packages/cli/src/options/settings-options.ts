import {
  type SettingsFlag,
  type SettingsFlagName,
  settingsFlags,
  settingsFlagsHeading,
} from '@rollcall/core/command-line';

import type { ArgumentsOf, OptionSpec } from '../arguments/command.ts';

type SettingsOptions = Readonly<Record<SettingsFlagName, OptionSpec>>;

/** The flags of every command that reads settings. Core checks their values together with the other sources. */
export const settingsOptions = Object.fromEntries(
  Object.entries<SettingsFlag>(settingsFlags).map(([name, flag]): [string, OptionSpec] => [
    name,
    {
      kind: flag.type === 'boolean' ? 'flag' : 'text',
      ...(flag.argument === undefined ? {} : { placeholder: flag.argument }),
      ...(flag.suggestions === undefined ? {} : { suggestions: flag.suggestions }),
      describe: flag.describe,
      group: settingsFlagsHeading,
    },
  ]),
) as SettingsOptions;

/** The values of the settings flags. */
export type SettingsArguments = ArgumentsOf<SettingsOptions>;
