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
    context.log('warn', 'settings', { path, source, message, hint });
  return settings;
}

/** A tenant that is open, and what stops every question to it: the user, or the deadline. */
export interface Opened extends AsyncDisposable {
  readonly directory: Directory;
  readonly settings: Settings;
  readonly signal: AbortSignal;
}

/** The longest time that a timer can be set for: Node fires a longer one at once. */
const longest = 2 ** 31 - 1;

/**
 * Opens the tenant that the settings name. The deadline counts from here, for sign-in and questions together.
 * @throws {SettingsError} with every mistake
 */
export async function openFor(args: Arguments, context: Context): Promise<Opened> {
  const settings = await settingsFor(args, context);
  const { openDirectory, DeadlineError } = await context.core();
  const directory = await openDirectory(settings, { log: context.log });
  const late = new AbortController();
  const { deadline = Infinity } = settings.limits;
  const timer = setTimeout(() => late.abort(new DeadlineError()), Math.min(deadline, longest));
  timer.unref();
  return {
    directory,
    settings,
    signal: AbortSignal.any([context.signal, late.signal]),
    async [Symbol.asyncDispose]() {
      clearTimeout(timer);
      await directory[Symbol.asyncDispose]();
    },
  };
}
