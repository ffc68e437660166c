import { help } from '../arguments/help.ts';
import { grammar } from '../completion/grammar.ts';
import { shells } from '../completion/shells.ts';
import { preparedWidth } from '../prepared-text.ts';
import { program } from '../program.ts';
import { version } from '../version.ts';

/** Returns the texts that the command prints without loading its modules, by the name of their file. */
export async function prepareTexts(): Promise<ReadonlyMap<string, string>> {
  const texts = new Map([['version', `${version()}\n`]]);
  const states = await grammar(program);
  for (const [name, script] of Object.entries(shells))
    texts.set(`completion-${name}`, script(program.name, states));
  const commands = program.commands.map(({ name }) => name.split(' '));
  for (const words of [[], ...Object.keys(program.nouns).map((noun) => [noun]), ...commands])
    texts.set(['help', ...words].join('-'), await help(program, words, preparedWidth));
  return texts;
}
