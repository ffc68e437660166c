import parser from 'yargs-parser';

import type { Arguments, Command, CommandEntry, Options, Program } from './command.ts';
import { optionValue } from './option-value.ts';
import { positionalValue } from './positional-value.ts';
import { refuseUnknownFlags, unknownCommand } from './unknown-names.ts';

/** What a command line requests. */
export type Invocation =
  | {
      readonly kind: 'run';
      /** The words of the command. */
      readonly name: string;
      readonly command: Command;
      readonly args: Arguments;
    }
  /** Help for a command, for a word with subcommands, or for the program if there are no `words`. */
  | { readonly kind: 'help'; readonly words: readonly string[] };

/** The result of yargs-parser: the words that are not flags in `_`, and the flags. */
type Parsed = Readonly<Record<string, unknown>> & { readonly _: readonly (string | number)[] };

/**
 * Values remain text: yargs-parser converts no IDs to numbers, no dots to objects, and accepts no other spelling of a
 * name.
 */
const parserConfiguration = {
  'parse-numbers': false,
  'parse-positional-numbers': false,
  'dot-notation': false,
  'camel-case-expansion': false,
  'boolean-negation': false,
  'greedy-arrays': false,
  'strip-aliased': true,
};

function parse(argv: readonly string[], options: Options): Parsed {
  const entries = Object.entries(options);
  const namesOf = (isFlag: boolean) =>
    entries.filter(([, { kind }]) => (kind === 'flag') === isFlag).map(([name]) => name);
  return parser([...argv], {
    boolean: namesOf(true),
    string: namesOf(false),
    alias: Object.fromEntries(
      entries.flatMap(([name, { alias }]) => (alias === undefined ? [] : [[name, [alias]]])),
    ),
    configuration: parserConfiguration,
  });
}

function flagsOf(parsed: Parsed): readonly string[] {
  return Object.keys(parsed).filter((key) => key !== '_');
}

/** Converts the result of yargs-parser to the arguments of a command. */
function argumentsOf(
  program: Program,
  { name }: CommandEntry,
  { options, positional }: Pick<Command, 'options' | 'positional'>,
  parsed: Parsed,
): Arguments {
  const commandLine = `${program.name} ${name}`;
  refuseUnknownFlags(commandLine, options, flagsOf(parsed));
  const values = Object.entries(options).map(([flag, spec]) => {
    const given = parsed[flag];
    const all = given === undefined ? [] : Array.isArray(given) ? given : [given];
    return [flag, optionValue(flag, spec, all as (string | boolean)[])] as const;
  });
  const words = parsed._.slice(name.split(' ').length).map(String);
  return { ...Object.fromEntries(values), ...positionalValue(commandLine, positional, words) };
}

/** Writes `--secret-file -` as `--secret-file=-`, because yargs-parser does not accept a single dash as a value. */
function joinDashes(argv: readonly string[]): readonly string[] {
  return argv.flatMap((word, index) => {
    const next = argv[index + 1];
    if (word === '-' && argv[index - 1]?.startsWith('--') === true) return [];
    return next === '-' && word.startsWith('--') ? [`${word}=-`] : [word];
  });
}

/** Returns the command that the words begin with. */
function commandOf(program: Program, words: readonly string[]): CommandEntry | undefined {
  return program.commands.find(({ name }) =>
    name.split(' ').every((word, index) => words[index] === word),
  );
}

/**
 * Returns what a command line without a command requests.
 * @param isHelp whether it begins with `help`, so that topics are known too
 * @throws {UsageError} unless it requests help
 */
function withoutCommand(program: Program, parsed: Parsed, isHelp: boolean): Invocation {
  const words = parsed._.map(String);
  const [word = ''] = words;
  const isKnown =
    words.length === 0 ||
    (words.length === 1 &&
      (Object.hasOwn(program.nouns, word) || (isHelp && Object.hasOwn(program.topics, word))));
  if (!isKnown) throw unknownCommand(program, words);
  if (parsed['help'] !== true) refuseUnknownFlags(program.name, program.options, flagsOf(parsed));
  return { kind: 'help', words };
}

/**
 * Parses a command line. Only this module uses yargs-parser.
 * @throws {UsageError} for an unknown command, an unknown flag or an invalid value
 */
export async function parseArguments(
  typed: readonly string[],
  program: Program,
): Promise<Invocation> {
  const isHelp = typed[0] === 'help';
  const argv = joinDashes(isHelp ? [...typed.slice(1), '--help'] : typed);
  const overall = parse(argv, program.options);
  const entry = commandOf(program, overall._.map(String));
  if (entry === undefined) return withoutCommand(program, overall, isHelp);
  const command = await entry.load();
  const options = { ...command.options, ...program.options };
  // The flags of the command are known now, so that the words that are their values are no longer arguments.
  const parsed = parse(argv, options);
  if (parsed['help'] === true) return { kind: 'help', words: entry.name.split(' ') };
  const { positional } = command;
  return {
    kind: 'run',
    name: entry.name,
    command,
    args: argumentsOf(program, entry, { options, positional }, parsed),
  };
}
