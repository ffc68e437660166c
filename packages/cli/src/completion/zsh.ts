import { arm, quoted, steps, type State, type Word } from './grammar.ts';

/** `_describe` splits at the first unescaped colon. */
function entry({ text, describe }: Word): string {
  return quoted(`${text.replaceAll(':', '\\:')}:${describe}`);
}

/** Returns the completion script for zsh, with descriptions. */
export function zsh(name: string, states: readonly State[]): string {
  const options = states.flatMap((state) => state.options);
  const taking = (what: string) => options.filter(({ takes }) => takes === what);
  const choices = Map.groupBy(taking('choice'), (option) => option.text);
  return [
    `#compdef ${name}`,
    `# zsh completion for ${name}: eval "$(${name} completion zsh)"`,
    `_${name}() {`,
    "  local state='' word",
    '  local -a candidates',
    '  local previous=${words[CURRENT-1]}',
    '  if [[ ${words[CURRENT]} == --*=* ]]; then',
    '    previous=${words[CURRENT]%%=*}',
    "    compset -P '*='",
    '  fi',
    '  for word in ${words[2,CURRENT-1]}; do',
    '    case "$state:$word" in',
    ...steps(states).map(
      ([from, word]) =>
        `      ${quoted(`${from}:${word}`)}) state=${quoted(`${from} ${word}`.trim())} ;;`,
    ),
    '    esac',
    '  done',
    '  case "$previous" in',
    ...[...choices.values()].flatMap((same) =>
      arm(same, `compadd -- ${(same[0]?.choices ?? []).map(quoted).join(' ')}; return`),
    ),
    ...arm(taking('file'), '_files; return'),
    ...arm(taking('text'), 'return'),
    '  esac',
    '  case "$state" in',
    ...states.map(
      ({ typed, words, options: own }) =>
        `    ${quoted(typed)}) candidates=(${[...words, ...own].map(entry).join(' ')}) ;;`,
    ),
    '  esac',
    `  _describe ${name} candidates`,
    '}',
    `if [ "$funcstack[1]" = _${name} ]; then`,
    `  _${name} "$@"`,
    'else',
    // A zsh without a configuration has not loaded its completion system.
    '  (( $+functions[compdef] )) || { autoload -Uz compinit; compinit; }',
    `  compdef _${name} ${name}`,
    'fi',
    '',
  ].join('\n');
}
