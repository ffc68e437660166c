import { grammar } from '../completion/grammar.ts';
import { shells } from '../completion/shells.ts';
import type { Program } from '../command.ts';
import type { Context } from '../context.ts';

export interface CompletionArguments {
  readonly shell: keyof typeof shells;
}

/** Prints the completion script of one shell. */
export async function completion(
  { shell }: CompletionArguments,
  { console }: Context,
  program: Program,
): Promise<void> {
  await console.write(shells[shell](program.name, await grammar(program)));
}
