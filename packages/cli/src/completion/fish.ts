import { quoted, type OptionWord, type State } from './grammar.ts';

function condition(typed: string, states: readonly State[]): string {
  if (typed === '') return '__fish_use_subcommand';
  const [noun = '', verb] = typed.split(' ');
  const seen = `__fish_seen_subcommand_from ${noun}`;
  if (verb !== undefined) return `${seen}; and __fish_seen_subcommand_from ${verb}`;
  const verbs = states.find((state) => state.typed === noun)?.words.map(({ text }) => text) ?? [];
  return verbs.length === 0
    ? seen
    : `${seen}; and not __fish_seen_subcommand_from ${verbs.join(' ')}`;
}

function value({ takes, choices }: OptionWord): string {
  if (takes === 'nothing') return '';
  if (takes === 'file') return ' -r -F';
  return takes === 'choice' ? ` -x -a ${quoted(choices.join(' '))}` : ' -x';
}

/** Returns the completion script for fish, with descriptions. */
export function fish(name: string, states: readonly State[]): string {
  const lines = states.flatMap((state) => {
    const when = `complete -c ${name} -n ${quoted(condition(state.typed, states))}`;
    return [
      ...state.words.map(
        ({ text, describe }) => `${when} -a ${quoted(text)} -d ${quoted(describe)}`,
      ),
      ...state.options.map((option) => {
        const short = option.short === undefined ? '' : ` -s ${option.short.slice(1)}`;
        return `${when}${short} -l ${option.text.slice(2)}${value(option)} -d ${quoted(option.describe)}`;
      }),
    ];
  });
  return [
    `# fish completion for ${name}: ${name} completion fish | source`,
    `complete -c ${name} -f`,
    ...lines,
    '',
  ].join('\n');
}
