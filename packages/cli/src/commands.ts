import { command, type Command } from './command.ts';
import { shells } from './completion/shells.ts';

/** Every command, in the order of help. */
export const commands: readonly Command[] = [
  command({
    name: 'completion',
    describe: 'Print a completion script for your shell',
    positional: {
      name: 'shell',
      describe: 'bash, zsh or fish',
      choices: Object.keys(shells),
    },
    options: {},
    examples: [['completion bash >> ~/.bashrc', 'Complete rollcall in bash from now on']],
    load: async () => (await import('./commands/completion.ts')).completion,
  }),
];
