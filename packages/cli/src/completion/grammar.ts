import { commandOptions } from '../command-options.ts';
import type { Program } from '../command.ts';

/** A word that can come next, and what it is for. */
export interface Word {
  readonly text: string;
  readonly describe: string;
}

export interface OptionWord extends Word {
  /** The short form, with its dash. */
  readonly short: string | undefined;
  readonly takes: 'nothing' | 'file' | 'choice' | 'text';
  readonly choices: readonly string[];
}

/** One point of the command line: the words typed so far, and what may follow. */
export interface State {
  /** `` at the start, then `users`, then `users list`. */
  readonly typed: string;
  readonly words: readonly Word[];
  readonly options: readonly OptionWord[];
}

/** @returns every state of the program's command line, as each shell's completion needs it */
export async function grammar(program: Program): Promise<readonly State[]> {
  const leaves = await Promise.all(
    program.commands.map(async (command): Promise<State> => {
      const options = { ...(await commandOptions(command)), ...program.options };
      return {
        typed: command.name,
        words: (command.positional?.choices ?? []).map((text) => ({ text, describe: '' })),
        options: Object.entries(options).map(([name, spec]) => ({
          text: `--${name}`,
          describe: spec.describe,
          short: spec.alias === undefined ? undefined : `-${spec.alias}`,
          choices: spec.choices ?? [],
          takes:
            spec.kind === 'flag'
              ? 'nothing'
              : spec.choices !== undefined
                ? 'choice'
                : /FILE|DIR/u.test(spec.placeholder ?? '')
                  ? 'file'
                  : 'text',
        })),
      };
    }),
  );
  const nouns = Object.keys(program.nouns).map((noun): State => ({
    typed: noun,
    words: program.commands
      .filter(({ name }) => name.startsWith(`${noun} `))
      .map(({ name, describe }) => ({ text: name.slice(noun.length + 1), describe })),
    options: [],
  }));
  const start: State = {
    typed: '',
    words: [
      ...Object.entries(program.nouns).map(([text, describe]) => ({ text, describe })),
      ...program.commands
        .filter(({ name }) => !name.includes(' '))
        .map(({ name, describe }) => ({ text: name, describe })),
    ],
    options: [
      {
        text: '--version',
        describe: 'Print the version',
        short: '-V',
        takes: 'nothing',
        choices: [],
      },
      { text: '--help', describe: 'Say what there is', short: '-h', takes: 'nothing', choices: [] },
    ],
  };
  return [start, ...nouns, ...leaves];
}

/** The steps from state to state, as `case` patterns `state:word` in a shell. */
export function steps(
  states: readonly State[],
): readonly (readonly [from: string, word: string])[] {
  return states
    .filter(({ typed }) => typed !== '')
    .map(({ typed }) => {
      const words = typed.split(' ');
      return [words.slice(0, -1).join(' '), words.at(-1) ?? ''];
    });
}

/** @returns one arm of a shell's `case`; none where there is nothing to match */
export function arm(options: readonly OptionWord[], body: string): readonly string[] {
  const patterns = new Set(
    options.flatMap(({ text, short }) => (short === undefined ? [text] : [short, text])),
  );
  return patterns.size === 0 ? [] : [`    ${[...patterns].join('|')}) ${body} ;;`];
}

/** @returns `text` as one word of a POSIX shell or of fish */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
