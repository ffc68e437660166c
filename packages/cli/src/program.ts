import type { Program } from './arguments/command.ts';
import { commands } from './commands.ts';
import { exitCodeMeanings } from './process/exit-codes.ts';
import { globalOptions, rootOptions } from './options/global-options.ts';

export const program: Program = {
  name: 'rollcall',
  summary: 'Export all users of a Microsoft Entra tenant and verify that the export is complete.',
  commands,
  nouns: {
    users: 'Work with users',
    config: 'Work with the configuration',
    profile: 'Work with the profiles of the configuration file',
  },
  topics: {
    settings: {
      summary: 'The flags of every command that reads settings, and the global options',
      load: async () => {
        const { settingsOptions } = await import('./options/settings-options.ts');
        return { ...settingsOptions, ...globalOptions };
      },
    },
  },
  options: globalOptions,
  rootOptions,
  exitCodes: exitCodeMeanings,
};
