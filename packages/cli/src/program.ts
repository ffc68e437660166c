import type { Program } from './command.ts';
import { commands } from './commands.ts';
import { mannersOptions } from './options/manners-options.ts';

export const program: Program = {
  name: 'rollcall',
  describe: 'Every user of a Microsoft Entra tenant, exactly once, with a receipt that proves it.',
  commands,
  nouns: {
    users: 'The users of the tenant',
    config: 'The settings and their sources',
  },
  options: {
    ...mannersOptions,
    help: { kind: 'flag', alias: 'h', describe: 'Say what a command does', group: 'Manners' },
  },
  epilogue: [
    'Exit codes: 0 complete · 2 usage or settings · 3 authentication · 4 permission',
    '5 service unavailable · 6 integrity check failed · 7 output · 9 no such user',
    '130, 143 stopped by a signal · 141 broken pipe',
  ],
};
