import type { Program } from './command.ts';
import { commands } from './commands.ts';
import { globalOptions } from './options/global-options.ts';

export const program: Program = {
  name: 'rollcall',
  describe: 'Export all users of a Microsoft Entra tenant and verify that the export is complete.',
  commands,
  nouns: {
    users: 'Work with users',
    config: 'Work with the configuration',
  },
  options: globalOptions,
  epilogue: [
    'Exit codes: 0 complete · 2 usage or configuration · 3 sign-in · 4 permission',
    '5 service unavailable · 6 integrity check failed · 7 output · 9 user not found',
    '130, 143 stopped by a signal · 141 broken pipe',
  ],
};
