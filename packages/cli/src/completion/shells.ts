import { bash } from './bash.ts';
import { fish } from './fish.ts';
import type { State } from './grammar.ts';
import { powershell } from './powershell.ts';
import { zsh } from './zsh.ts';

/** The completion script of each shell, from the name and the grammar of the program. */
export const shells = { bash, zsh, fish, powershell } satisfies Record<
  string,
  (name: string, states: readonly State[]) => string
>;

export type ShellName = keyof typeof shells;
