import { defineCommand } from '../arguments/command.ts';
import { version } from '../version.ts';

/** Prints the version, as `--version` does. */
export const versionCommand = defineCommand({
  options: {},
  examples: [['version', 'Print the version']],
  async run(_args, { console }) {
    await console.write(`${version()}\n`);
  },
});
