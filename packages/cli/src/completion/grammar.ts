import type { Options, OptionSpec, Program } from '../arguments/command.ts';

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

function takenBy({
  kind,
  choices,
  suggestions,
  placeholder = '',
}: OptionSpec): OptionWord['takes'] {
  if (kind === 'flag') return 'nothing';
  if (choices !== undefined || suggestions !== undefined) return 'choice';
  return /FILE|DIR/u.test(placeholder) ? 'file' : 'text';
}

function optionWords(options: Options): readonly OptionWord[] {
  return Object.entries(options).map(([name, spec]) => ({
    text: `--${name}`,
    describe: spec.describe,
    short: spec.alias === undefined ? undefined : `-${spec.alias}`,
    choices: spec.choices ?? spec.suggestions ?? [],
    takes: takenBy(spec),
  }));
}

/** Returns every state of the command line of `program`. */
export async function grammar(program: Program): Promise<readonly State[]> {
  const leaves = await Promise.all(
    program.commands.map(async (entry): Promise<State> => {
      const { positional, options } = await entry.load();
      return {
        typed: entry.name,
        words: (positional?.choices ?? []).map((text) => ({ text, describe: '' })),
        options: optionWords({ ...options, ...program.options }),
      };
    }),
  );
  const nouns = Object.entries(program.nouns).map(([text, describe]) => ({ text, describe }));
  const start: State = {
    typed: '',
    words: [
      ...nouns,
      ...program.commands
        .filter(({ name }) => !name.includes(' '))
        .map(({ name, summary }) => ({ text: name, describe: summary })),
    ],
    options: optionWords({ ...program.rootOptions, ...program.options }),
  };
  const afterNouns = nouns.map(({ text: noun }): State => ({
    typed: noun,
    words: program.commands
      .filter(({ name }) => name.startsWith(`${noun} `))
      .map(({ name, summary }) => ({ text: name.slice(noun.length + 1), describe: summary })),
    options: [],
  }));
  return [start, ...afterNouns, ...leaves];
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

/** Returns an arm of a shell's `case`, or no arm if there is no option to match. */
export function arm(options: readonly OptionWord[], body: string): readonly string[] {
  const patterns = new Set(
    options.flatMap(({ text, short }) => (short === undefined ? [text] : [short, text])),
  );
  return patterns.size === 0 ? [] : [`    ${[...patterns].join('|')}) ${body} ;;`];
}

/** Quotes `text` as one word of a POSIX shell or of fish. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
