import type { Command, Options } from './command.ts';

/** Returns the options of a command, and loads the modules that define them if necessary. */
export async function commandOptions({ options }: Command): Promise<Options> {
  return typeof options === 'function' ? await options() : options;
}
