import type { Options } from '../arguments/command.ts';

const group = 'Global options';

/** The options of every command. */
export const globalOptions = {
  quiet: { kind: 'flag', alias: 'q', describe: 'Only show errors', group },
  verbose: { kind: 'flag', alias: 'v', describe: 'Verbose (debug) logging', group },
  'log-format': {
    kind: 'text',
    choices: ['text', 'json'],
    describe: 'Log format on stderr',
    group,
  },
  'no-color': { kind: 'flag', describe: 'Disable colored output (also NO_COLOR)', group },
  'no-progress': { kind: 'flag', describe: 'Hide the progress bar', group },
  help: { kind: 'flag', alias: 'h', describe: 'Show help', group },
} as const satisfies Options;

/** The options that are valid only without a command. `main.ts` handles them before other modules are loaded. */
export const rootOptions = {
  version: { kind: 'flag', alias: 'V', describe: 'Print the version', group },
} as const satisfies Options;
