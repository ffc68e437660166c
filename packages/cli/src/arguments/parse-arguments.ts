import yargs, { type Argv, type Options as YargsOption } from 'yargs';

import type { Arguments, Command, CommandEntry, Options, Program } from './command.ts';
import { optionValue } from './option-value.ts';
import { positionalValue } from './positional-value.ts';
import { refuseUnknownFlags, unknownCommand } from './unknown-names.ts';
import { UsageError } from './usage-error.ts';

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

/** The result of yargs: the words that are not flags in `_`, the name of the program in `$0`, and the flags. */
type Parsed = Readonly<Record<string, unknown>> & { readonly _: readonly (string | number)[] };

/**
 * Values remain text: yargs converts no IDs to numbers, no dots to objects, and accepts no other spelling of a name.
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

function addOptions(parser: Argv, options: Options): Argv {
  for (const [name, { kind, alias }] of Object.entries(options))
    parser.option(name, {
      type: kind === 'flag' ? 'boolean' : 'string',
      ...(alias === undefined ? {} : { alias }),
    } satisfies YargsOption);
  return parser;
}

function flagsOf(parsed: Parsed): readonly string[] {
  return Object.keys(parsed).filter((key) => key !== '_' && key !== '$0');
}

/** Converts the result of yargs to the arguments of a command. */
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

/** Writes `--secret-file -` as `--secret-file=-`, because yargs does not accept a single dash as a value. */
function joinDashes(argv: readonly string[]): readonly string[] {
  return argv.flatMap((word, index) => {
    const next = argv[index + 1];
    if (word === '-' && argv[index - 1]?.startsWith('--') === true) return [];
    return next === '-' && word.startsWith('--') ? [`${word}=-`] : [word];
  });
}

function createParser(argv: readonly string[], program: Program): Argv {
  const parser = yargs([...argv])
    .scriptName(program.name)
    .parserConfiguration(parserConfiguration)
    .help(false)
    .version(false)
    .exitProcess(false)
    .fail((message, error) => {
      throw (
        error ?? new UsageError(message, `Run \`${program.name} --help\` to list the commands.`)
      );
    });
  return addOptions(parser, program.options);
}

/**
 * Parses a command line. Only this module uses yargs.
 * @throws {UsageError} for an unknown command, an unknown flag or an invalid value
 */
export async function parseArguments(
  typed: readonly string[],
  program: Program,
): Promise<Invocation> {
  const argv = joinDashes(typed[0] === 'help' ? [...typed.slice(1), '--help'] : typed);
  const parser = createParser(argv, program);
  let invocation: Invocation = { kind: 'help', words: [] };

  const onCommand = (on: Argv, word: string, entry: CommandEntry) => {
    let command: Command;
    let options: Options;
    on.command(
      word,
      false,
      async (inner) => {
        command = await entry.load();
        options = { ...command.options, ...program.options };
        return addOptions(inner, options);
      },
      (given) => {
        const parsed = given as unknown as Parsed;
        const { positional } = command;
        invocation =
          parsed['help'] === true
            ? { kind: 'help', words: entry.name.split(' ') }
            : {
                kind: 'run',
                name: entry.name,
                command,
                args: argumentsOf(program, entry, { options, positional }, parsed),
              };
      },
    );
  };
  const withoutCommand = (given: unknown) => {
    const parsed = given as Parsed;
    const words = parsed._.map(String);
    const isNoun = words.length === 1 && Object.hasOwn(program.nouns, words[0] ?? '');
    if (parsed['help'] !== true && words.length > 0 && !isNoun)
      throw unknownCommand(program, words);
    if (parsed['help'] !== true) refuseUnknownFlags(program.name, program.options, flagsOf(parsed));
    invocation = { kind: 'help', words };
  };

  parser.command('$0', false, (inner) => inner, withoutCommand);
  for (const noun of Object.keys(program.nouns))
    parser.command(
      noun,
      false,
      (inner) => {
        for (const entry of program.commands) {
          const [first, verb] = entry.name.split(' ');
          if (first === noun && verb !== undefined) onCommand(inner, verb, entry);
        }
        return inner;
      },
      withoutCommand,
    );
  for (const entry of program.commands)
    if (!entry.name.includes(' ')) onCommand(parser, entry.name, entry);

  await parser.parseAsync();
  return invocation;
}
