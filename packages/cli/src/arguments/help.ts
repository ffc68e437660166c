import type {
  CommandEntry,
  Example,
  HelpTopic,
  Options,
  OptionSpec,
  PositionalSpec,
  Program,
} from './command.ts';
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

/** Lists the names of options that a topic of help describes. */
function shortOptions(title: string, options: Options, width: number): string[] {
  const names = Object.entries(options).map(([name, { alias }]) =>
    alias === undefined ? `--${name}` : `-${alias}/--${name}`,
  );
  if (names.length === 0) return [];
  const lines = wrapWords(names.join(' '), width - indent.length);
  return ['', `${title}:`, ...lines.map((line) => indent + line)];
}

/** Splits the options of a command into its own and those that a topic of help describes. */
async function ownOptions(
  program: Program,
  options: Options,
): Promise<{ readonly own: Options; readonly ofTopic: Options; readonly topic: string }> {
  const [[topic, { load }] = ['', { load: () => Promise.resolve({}) }]] = Object.entries(
    program.topics,
  );
  const described: Options = await load();
  const isDescribed = (name: string, spec: OptionSpec): boolean =>
    described[name]?.group !== undefined && described[name].group === spec.group;
  const pick = (wanted: boolean): Options =>
    Object.fromEntries(
      Object.entries(options).filter(([name, spec]) => isDescribed(name, spec) === wanted),
    );
  return { own: pick(false), ofTopic: pick(true), topic };
}

/** Formats an example: on one line with its comment if both fit, else on two. */
function exampleLines(program: Program, [line, comment]: Example, width: number): string[] {
  const both = `${indent}${program.name} ${line}  # ${comment}`;
  return both.length <= width
    ? [both]
    : [`${indent}# ${comment}`, `${indent}${program.name} ${line}`];
}

function positionalTerm(positional: PositionalSpec | undefined): string {
  if (positional === undefined) return '';
  const words = `${positional.name.toUpperCase()}${positional.many === true ? '…' : ''}`;
  return positional.optional === true ? ` [${words}]` : ` ${words}`;
}

async function commandHelp(
  program: Program,
  { name, summary, load }: CommandEntry,
  width: number,
): Promise<string[]> {
  const { positional, options, examples } = await load();
  const { own, ofTopic, topic } = await ownOptions(program, { ...options, ...program.options });
  return [
    `Usage: ${program.name} ${name}${positionalTerm(positional)} [options]`,
    '',
    ...wrapWords(summary, width),
    ...(positional === undefined
      ? []
      : ['', ...table([[positional.name.toUpperCase(), positional.describe]], width)]),
    '',
    'Examples:',
    ...examples.flatMap((example) => exampleLines(program, example, width)),
    ...optionTables(own, width),
    ...shortOptions(
      `Common options (\`${program.name} help ${topic}\` describes them)`,
      ofTopic,
      width,
    ),
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
    ...(noun === undefined
      ? [
          '',
          'Exit codes:',
          ...table(program.exitCodes, width),
          '',
          'Help topics:',
          ...table(
            Object.entries(program.topics).map(([word, { summary }]) => [
              `${program.name} help ${word}`,
              summary,
            ]),
            width,
          ),
        ]
      : []),
    '',
    `Run \`${program.name} COMMAND --help\` for the options and examples of a command.`,
  ];
}

async function topicHelp({ summary, load }: HelpTopic, width: number): Promise<string[]> {
  return [...wrapWords(`${summary}.`, width), ...optionTables(await load(), width)];
}

/** Returns the help for `words`: of a command, of a word with subcommands, of a topic, or of the program. */
export async function help(
  program: Program,
  words: readonly string[],
  width: number,
): Promise<string> {
  const columns = Math.max(40, Math.min(width, 80));
  const [first = ''] = words;
  const topic =
    words.length === 1 && Object.hasOwn(program.topics, first) ? program.topics[first] : undefined;
  if (topic !== undefined) return `${(await topicHelp(topic, columns)).join('\n')}\n`;
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
