import { arm, quoted, steps, type State } from './grammar.ts';

/** Returns the completion script for bash. It contains the whole grammar, so that TAB starts no process. */
export function bash(name: string, states: readonly State[]): string {
  const options = states.flatMap((state) => state.options);
  const taking = (what: string) => options.filter(({ takes }) => takes === what);
  const choices = Map.groupBy(taking('choice'), (option) => option.text);
  return [
    `# bash completion for ${name}: eval "$(${name} completion bash)"`,
    `_${name}() {`,
    '  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}',
    "  local state='' word words=''",
    // Bash divides `--output=json` into three words.
    '  if [ "$current" = = ]; then current=; else',
    '    [ "$previous" != = ] || previous=${COMP_WORDS[COMP_CWORD-2]}',
    '  fi',
    '  COMPREPLY=()',
    '  for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do',
    '    case "$state:$word" in',
    ...steps(states).map(
      ([from, word]) =>
        `      ${quoted(`${from}:${word}`)}) state=${quoted(`${from} ${word}`.trim())} ;;`,
    ),
    '    esac',
    '  done',
    '  case "$previous" in',
    ...[...choices.values()].flatMap((same) =>
      arm(same, `words=${quoted(same[0]?.choices.join(' ') ?? '')}`),
    ),
    ...arm(
      taking('file'),
      'compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- "$current"); return',
    ),
    ...arm(taking('text'), 'return'),
    '    *) case "$state" in',
    ...states.map(
      (state) =>
        `      ${quoted(state.typed)}) words=${quoted([...state.words, ...state.options].map(({ text }) => text).join(' '))} ;;`,
    ),
    '    esac ;;',
    '  esac',
    '  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")',
    '}',
    `complete -F _${name} ${name}`,
    '',
  ].join('\n');
}
