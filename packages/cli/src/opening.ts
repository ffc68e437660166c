import type { Directory, Settings } from '@rollcall/core';
import { settingsFlags, type SettingsFlagName } from '@rollcall/core/command-line';

import type { Arguments } from './command.ts';
import type { Context } from './context.ts';

/** Returns the settings flags that were set. A boolean flag that is false was not set. */
function flagsOf(args: Arguments): Partial<Record<SettingsFlagName, unknown>> {
  const names = Object.keys(settingsFlags);
  return Object.fromEntries(
    names.map((name) => [name, args[name] === false ? undefined : args[name]]),
  );
}

async function load(args: Arguments, context: Context): Promise<Settings> {
  const { loadSettings } = await context.core();
  return loadSettings({ flags: flagsOf(args), environment: context.env, folder: context.cwd });
}

/**
 * Loads the settings from flags, environment and files, and logs their warnings.
 * @throws {SettingsError} with every problem
 */
export async function settingsFor(args: Arguments, context: Context): Promise<Settings> {
  const settings = await load(args, context);
  for (const { path, source, message, hint } of settings.warnings)
    context.log('settings-warning', { path, source, message, hint });
  return settings;
}

/** A directory that is open, and the signal that stops every operation on it. */
export interface Opened extends AsyncDisposable {
  readonly directory: Directory;
  readonly settings: Settings;
  readonly signal: AbortSignal;
}

/**
 * Opens the directory of the settings. A command runs one operation, so the deadline of an operation is that of the
 * command.
 * @throws {SettingsError} with every problem
 */
export async function openFor(args: Arguments, context: Context): Promise<Opened> {
  // Opening the directory logs the warnings of the settings.
  const settings = await load(args, context);
  const { openDirectory } = await context.core();
  const directory = await openDirectory(settings, { log: context.log });
  return {
    directory,
    settings,
    signal: context.signal,
    [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose](),
  };
}
