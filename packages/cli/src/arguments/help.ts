import type { CommandEntry, Options, OptionSpec, PositionalSpec, Program } from './command.ts';
import { wrapWords } from '../terminal/wrap-words.ts';

const indent = '  ';

/** Formats two columns. A term that is too long for its column gets its own line. */
function table(
  rows: readonly (readonly [term: string, explanation: string])[],
  width: number,
): string[] {
  const longest = Math.max(...rows.map(([term]) => term.length));
  const column = Math.min(longest, Math.floor(width * 0.4));
  const start = indent.length + column + 2;
  return rows.flatMap(([term, explanation]) => {
    const [first = '', ...rest] = wrapWords(explanation, width - start);
    const further = rest.map((line) => ' '.repeat(start) + line);
    if (term.length > column) return [indent + term, ' '.repeat(start) + first, ...further];
    return [`${indent}${term.padEnd(column)}  ${first}`, ...further];
  });
}

function optionTerm(name: string, spec: OptionSpec): string {
  const short = spec.alias === undefined ? '    ' : `-${spec.alias}, `;
  const value = spec.placeholder ?? (spec.choices === undefined ? '' : spec.choices.join('|'));
  return `${short}--${name}${spec.kind === 'flag' ? '' : ` ${value}`}`;
}

function optionTables(options: Options, width: number): string[] {
  const groups = Map.groupBy(Object.entries(options), ([, spec]) => spec.group ?? 'Options');
  return [...groups].flatMap(([group, members]) =>
    ['', `${group}:`].concat(
      table(
        members.map(([name, spec]) => [optionTerm(name, spec), spec.describe]),
        width,
      ),
    ),
  );
}

function positionalTerm(positional: PositionalSpec | undefined): string {
  if (positional === undefined) return '';
  return ` ${positional.name.toUpperCase()}${positional.many === true ? '…' : ''}`;
}

async function commandHelp(
  program: Program,
  { name, summary, load }: CommandEntry,
  width: number,
): Promise<string[]> {
  const { positional, options, examples } = await load();
  return [
    `Usage: ${program.name} ${name}${positionalTerm(positional)} [options]`,
    '',
    ...wrapWords(summary, width),
    ...(positional === undefined
      ? []
      : ['', ...table([[positional.name.toUpperCase(), positional.describe]], width)]),
    '',
    'Examples:',
    ...examples.flatMap(([line, comment]) => [
      `${indent}# ${comment}`,
      `${indent}${program.name} ${line}`,
    ]),
    ...optionTables({ ...options, ...program.options }, width),
  ];
}

function overview(program: Program, under: readonly string[], width: number): string[] {
  const commands = program.commands.filter(({ name }) =>
    under.every((word, index) => name.split(' ')[index] === word),
  );
  const [noun] = under;
  return [
    `Usage: ${[program.name, ...under].join(' ')} COMMAND [options]`,
    '',
    ...wrapWords(noun === undefined ? program.summary : `${program.nouns[noun] ?? ''}.`, width),
    '',
    'Commands:',
    ...table(
      commands.map(({ name, summary }) => [name, summary]),
      width,
    ),
    ...optionTables(
      noun === undefined ? { ...program.options, ...program.rootOptions } : program.options,
      width,
    ),
    ...(noun === undefined ? ['', 'Exit codes:', ...table(program.exitCodes, width)] : []),
    '',
    `Run \`${program.name} COMMAND --help\` for the options and examples of a command.`,
  ];
}

/** Returns the help for `words`: of a command, of a word with subcommands, or of the program. */
export async function help(
  program: Program,
  words: readonly string[],
  width: number,
): Promise<string> {
  const columns = Math.max(40, Math.min(width, 80));
  const called = program.commands.find(({ name }) => name === words.join(' '));
  const lines =
    called === undefined
      ? overview(
          program,
          words.filter((word) => Object.hasOwn(program.nouns, word)),
          columns,
        )
      : await commandHelp(program, called, columns);
  return `${lines.join('\n')}\n`;
}
