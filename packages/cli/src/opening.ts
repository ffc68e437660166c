import type { Directory, Settings } from '@rollcall/core';
import { settingsFlags, type SettingsFlagName } from '@rollcall/core/command-line';

import type { Arguments } from './command.ts';
import type { Context } from './context.ts';

/** The settings flags that were given; one that stands for yes or no is given only where it says yes. */
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

/** A tenant that is open, and what stops every question to it. */
export interface Opened extends AsyncDisposable {
  readonly directory: Directory;
  readonly settings: Settings;
  readonly signal: AbortSignal;
}

/**
 * Opens the tenant that the settings name. A command asks one question, so core's deadline for each is the command's.
 * @throws {SettingsError} with every mistake
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
