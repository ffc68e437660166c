import { type SettingsFlagName, settingsFlags } from '@rollcall/core/command-line';

import type { ArgumentsOf, OptionSpec } from '../arguments/command.ts';

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

type SettingsOptions = Readonly<Record<SettingsFlagName, OptionSpec>>;

/** The flags of every command that reads settings. Core checks their values together with the other sources. */
export const settingsOptions = Object.fromEntries(
  Object.entries(settingsFlags).map(([name, flag]): [string, OptionSpec] => [
    name,
    {
      kind: flag.type === 'boolean' ? 'flag' : 'text',
      ...(flag.argument === undefined ? {} : { placeholder: flag.argument }),
      describe: capitalized(flag.describe),
      group: 'Settings (precedence: flags, environment, --env-file, --config)',
    },
  ]),
) as SettingsOptions;

/** The values of the settings flags. */
export type SettingsArguments = ArgumentsOf<SettingsOptions>;
