import { defineCommand } from '../arguments/command.ts';
import { profileFileOptions, profileFlags } from '../options/profile-options.ts';
import { userConfigFile } from '../user-config-file.ts';

/** Makes a profile the default one of the configuration file. */
export const profileUse = defineCommand({
  positional: { name: 'name', describe: 'Name of the profile' },
  options: profileFileOptions,
  examples: [['profile use contoso', 'Make contoso the profile that is used when none is named']],
  async run(args, { console, core, cwd, env }) {
    const { setDefaultProfile } = await core();
    const userFile = userConfigFile(env);
    const options = { flags: profileFlags(args), environment: env, cwd, userConfigFile: userFile };
    const { name } = args;
    const file = await setDefaultProfile(name, options);
    console.say({
      level: 'info',
      event: 'profile-selected',
      text: `${name} is the default profile of ${file}.`,
      facts: { name, file },
    });
  },
});
