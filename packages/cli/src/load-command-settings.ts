import type { LoadOptions, Settings } from '@rollcall/core';
import { hintText, settingsFlags, type SettingsFlagName } from '@rollcall/core/command-line';

import type { Context } from './context.ts';
import type { SettingsArguments } from './options/settings-options.ts';
import { userConfigFile } from './user-config-file.ts';

/** Returns the settings flags that were set. A boolean flag that is false was not set. */
function flagsOf(args: SettingsArguments): Partial<Record<SettingsFlagName, unknown>> {
  const names = Object.keys(settingsFlags) as SettingsFlagName[];
  return Object.fromEntries(
    names.map((name) => [name, args[name] === false ? undefined : args[name]]),
  );
}

/** Returns the sources of the settings of a command. */
export function loadOptionsOf(
  args: SettingsArguments,
  { env, cwd }: Pick<Context, 'env' | 'cwd'>,
): LoadOptions {
  return { flags: flagsOf(args), environment: env, cwd, userConfigFile: userConfigFile(env) };
}

/**
 * Loads the settings from flags, environment and files. For callers that report the warnings themselves.
 * @throws {SettingsError} with every problem
 */
export async function loadSettingsSilently(
  args: SettingsArguments,
  context: Pick<Context, 'core' | 'env' | 'cwd'>,
): Promise<Settings> {
  const { loadSettings } = await context.core();
  return loadSettings(loadOptionsOf(args, context));
}

/**
 * Loads the settings from flags, environment and files, and logs their warnings.
 * @throws {SettingsError} with every problem
 */
export async function loadCommandSettings(
  args: SettingsArguments,
  context: Context,
): Promise<Settings> {
  const settings = await loadSettingsSilently(args, context);
  for (const { path, source, message, ...hinted } of settings.warnings)
    context.log('settings-warning', {
      path,
      source,
      message,
      hint: hintText(hinted, context.remedies),
    });
  return settings;
}
