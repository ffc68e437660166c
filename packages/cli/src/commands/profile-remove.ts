import { defineCommand } from '../arguments/command.ts';
import { profileFileOptions, profileFlags } from '../options/profile-options.ts';
import { userConfigFile } from '../user-config-file.ts';

/** Removes a profile from the configuration file. Its credential is deleted with it. */
export const profileRemove = defineCommand({
  positional: { name: 'name', describe: 'Name of the profile' },
  options: profileFileOptions,
  examples: [['profile remove contoso', 'Remove the profile contoso and its credential']],
  async run(args, { console, core, cwd, env }) {
    const { removeProfile } = await core();
    const userFile = userConfigFile(env);
    const options = { flags: profileFlags(args), environment: env, cwd, userConfigFile: userFile };
    const { name } = args;
    const file = await removeProfile(name, options);
    console.say({
      level: 'info',
      event: 'profile-removed',
      text: `Removed the profile ${name} from ${file}.`,
      facts: { name, file },
    });
  },
});
