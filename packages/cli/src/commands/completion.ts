import { defineCommand } from '../arguments/command.ts';
import { grammar } from '../completion/grammar.ts';
import { shells, type ShellName } from '../completion/shells.ts';

const shellNames = Object.keys(shells) as ShellName[];

/** Prints the completion script of one shell. */
export const completion = defineCommand({
  positional: { name: 'shell', describe: 'bash, zsh, fish or powershell', choices: shellNames },
  options: {},
  examples: [
    ['completion bash >> ~/.bashrc', 'Enable completion in bash'],
    ['completion zsh >> ~/.zshrc', 'Enable completion in zsh'],
    ['completion powershell >> $PROFILE', 'Enable completion in PowerShell'],
  ],
  async run({ shell }, { console }, program) {
    await console.write(shells[shell](program.name, await grammar(program)));
  },
});
