import { bash } from './bash.ts';
import { fish } from './fish.ts';
import type { State } from './grammar.ts';
import { zsh } from './zsh.ts';

/** Every shell there is a completion for: from the program's name and grammar to a script. */
export const shells = { bash, zsh, fish } satisfies Record<
  string,
  (name: string, states: readonly State[]) => string
>;
