import { defineCommand } from '../arguments/command.ts';
import { userConfigFile } from '../user-config-file.ts';

/** Prints the path of the configuration file that is read without being named, whether it exists or not. */
export const configPath = defineCommand({
  options: {},
  examples: [['config path', 'Show where the configuration file of this user is']],
  async run(_args, { console, env }) {
    await console.write(`${userConfigFile(env)}\n`);
  },
});
