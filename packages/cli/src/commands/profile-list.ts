import { safeText } from '@rollcall/core/command-line';

import { defineCommand } from '../arguments/command.ts';
import { profileFileOptions, profileFlags } from '../options/profile-options.ts';
import { jsonOptions } from '../options/output-options.ts';
import { userConfigFile } from '../user-config-file.ts';

/** Prints the profiles of the configuration file with their tenants, the default one marked with an asterisk. */
export const profileList = defineCommand({
  options: { ...jsonOptions, ...profileFileOptions },
  examples: [
    ['profile list', 'List the profiles of the configuration file of this user'],
    ['profile list --config rollcall.json --json', 'List those of another file, for a script'],
  ],
  async run(args, { console, core, cwd, env }) {
    const { loadProfiles } = await core();
    const userFile = userConfigFile(env);
    const options = { flags: profileFlags(args), environment: env, cwd, userConfigFile: userFile };
    const { profiles } = await loadProfiles(options);
    if (args.json || !console.outIsTerminal) {
      await console.write(`${JSON.stringify(profiles, undefined, 2)}\n`);
      return;
    }
    const width = Math.max(0, ...profiles.map(({ name }) => name.length));
    const lines = profiles.map(({ name, isDefault, tenants, credential }) => {
      const facts = [tenants.join(', '), credential ?? ''].filter((fact) => fact !== '');
      return safeText(`${isDefault ? '*' : ' '} ${name.padEnd(width)}  ${facts.join('  ')}`);
    });
    await console.write(lines.map((line) => `${line.trimEnd()}\n`).join(''));
  },
});
