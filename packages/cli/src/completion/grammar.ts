import { commandOptions } from '../command-options.ts';
import type { Program } from '../command.ts';

/** A word that can come next, with its description. */
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

/** A state of the command line: the words before, and the words that can follow. */
export interface State {
  /** Empty at the start, then for example `users`, then `users list`. */
  readonly typed: string;
  readonly words: readonly Word[];
  readonly options: readonly OptionWord[];
}

/** Returns every state of the command line of `program`. */
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
      { text: '--help', describe: 'Show help', short: '-h', takes: 'nothing', choices: [] },
    ],
  };
  return [start, ...nouns, ...leaves];
}

/** Returns the transitions between states, as `case` patterns `state:word` of a shell. */
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
