import { defineCommand } from '../arguments/command.ts';
import { grammar } from '../completion/grammar.ts';
import { shells, type ShellName } from '../completion/shells.ts';

const shellNames = Object.keys(shells) as ShellName[];

/** Prints the completion script of one shell. */
export const completion = defineCommand({
  positional: { name: 'shell', describe: 'bash, zsh or fish', choices: shellNames },
  options: {},
  examples: [['completion bash >> ~/.bashrc', 'Enable completion in bash']],
  async run({ shell }, { console }, program) {
    await console.write(shells[shell](program.name, await grammar(program)));
  },
});
