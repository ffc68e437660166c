import type { Command, Options } from './command.ts';

/** @returns the command's own options, loading what they are made of where that costs an import */
export async function commandOptions({ options }: Command): Promise<Options> {
  return typeof options === 'function' ? await options() : options;
}
