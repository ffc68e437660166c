import type { Directory, Settings } from '@rollcall/core';

import type { Context } from './context.ts';
import { loadSettingsSilently } from './load-command-settings.ts';
import type { SettingsArguments } from './options/settings-options.ts';

/** An open directory, and the signal that stops every operation on it. */
export interface CommandDirectory extends AsyncDisposable {
  readonly directory: Directory;
  readonly settings: Settings;
  readonly signal: AbortSignal;
}

/**
 * Opens the directory of the settings. A command runs one operation, so that the deadline of an operation is the
 * deadline of the command.
 * @throws {SettingsError} with every problem
 */
export async function openCommandDirectory(
  args: SettingsArguments,
  context: Context,
): Promise<CommandDirectory> {
  // Opening the directory logs the warnings of the settings.
  const settings = await loadSettingsSilently(args, context);
  const { openDirectory } = await context.core();
  const directory = await openDirectory(settings, { log: context.log });
  return {
    directory,
    settings,
    signal: context.signal,
    [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose](),
  };
}
