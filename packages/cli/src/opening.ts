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

/**
 * Reads the settings that the flags, the environment and the files amount to, and says what they warn of.
 * @throws {SettingsError} with every mistake
 */
export async function settingsFor(args: Arguments, context: Context): Promise<Settings> {
  const { loadSettings } = await context.core();
  const settings = await loadSettings({
    flags: flagsOf(args),
    environment: context.env,
    folder: context.cwd,
  });
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
  const settings = await settingsFor(args, context);
  const { openDirectory } = await context.core();
  const directory = await openDirectory(settings, { log: context.log });
  return {
    directory,
    settings,
    signal: context.signal,
    [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose](),
  };
}
