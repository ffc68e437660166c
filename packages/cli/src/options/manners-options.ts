import type { Options } from '../command.ts';

const manners = 'Manners';

/** On every command. */
export const mannersOptions = {
  quiet: { kind: 'flag', alias: 'q', describe: 'Say nothing but errors', group: manners },
  verbose: { kind: 'flag', alias: 'v', describe: 'Say everything that happens', group: manners },
  'log-format': {
    kind: 'text',
    choices: ['text', 'json'],
    describe: 'How to speak on standard error',
    group: manners,
  },
  'no-color': { kind: 'flag', describe: 'Plain text (also NO_COLOR)', group: manners },
  'no-progress': { kind: 'flag', describe: 'No progress line', group: manners },
} as const satisfies Options;
