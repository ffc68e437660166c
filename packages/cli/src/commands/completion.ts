import { grammar } from '../completion/grammar.ts';
import { shells } from '../completion/shells.ts';
import type { Context } from '../context.ts';
import { program } from '../program.ts';

export interface CompletionArguments {
  readonly shell: keyof typeof shells;
}

/** Prints the completion script of one shell. */
export async function completion(
  { shell }: CompletionArguments,
  { console }: Context,
): Promise<void> {
  await console.write(shells[shell](program.name, await grammar(program)));
}
