import yargs, { type Argv, type Options as YargsOption } from 'yargs';

import type { Arguments, Command, Options, OptionSpec } from './command.ts';
import { commandOptions } from './command-options.ts';
import { optionValue } from './option-value.ts';
import { otherNames } from './other-names.ts';
import type { Program } from './command.ts';
import { UsageError } from './usage-error.ts';

/** The request of a command line. */
export type Request =
  | { readonly kind: 'run'; readonly command: Command; readonly args: Arguments }
  /** Help for a command, for a word with subcommands, or for the program if there are no `words`. */
  | { readonly kind: 'help'; readonly words: readonly string[] };

type Raw = Readonly<Record<string, unknown>> & { readonly _: readonly (string | number)[] };

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

function yargsOption({ kind, alias }: OptionSpec): YargsOption {
  return {
    ...(kind === 'flag' ? { type: 'boolean' } : { type: 'string' }),
    ...(alias === undefined ? {} : { alias }),
  };
}

function withOptions(parser: Argv, options: Options): Argv {
  for (const [name, spec] of Object.entries(options)) parser.option(name, yargsOption(spec));
  return parser;
}

/** Core is imported here because only invalid command lines need it. */
async function suggestion(
  word: string,
  known: readonly string[],
  otherwise: string,
): Promise<string> {
  const { nearestName } = await import('@rollcall/core/command-line');
  const suggested = nearestName(word, known);
  return suggested === undefined ? otherwise : `Did you mean ${suggested}?`;
}

async function unknownCommand(program: Program, words: readonly string[]): Promise<UsageError> {
  const [first = '', second = ''] = words;
  const verbs = program.commands
    .map((each) => each.name.split(' '))
    .filter(([noun, verb]) => noun === first && verb !== undefined)
    .map(([, verb = '']) => verb);
  if (verbs.length > 0)
    return new UsageError(
      second === ''
        ? `Missing subcommand of "${first}"; available: ${verbs.join(', ')}.`
        : `Unknown command "${first} ${second}".`,
      second === ''
        ? `Run \`${program.name} ${first} --help\` for a description of each.`
        : await suggestion(second, verbs, `Available: ${verbs.join(', ')}.`),
    );
  const firsts = [...new Set(program.commands.map((each) => each.name.split(' ')[0] ?? ''))];
  return new UsageError(
    `Unknown command "${first}".`,
    await suggestion(first, firsts, `Run \`${program.name} --help\` to list the commands.`),
  );
}

function positionalValue(command: Command, words: readonly string[]): Arguments {
  const { name, positional } = command;
  if (positional === undefined || words.length > (positional.many === true ? Infinity : 1)) {
    const [extra] = words.slice(positional === undefined ? 0 : 1);
    if (extra === undefined) return {};
    throw new UsageError(
      `Unexpected argument "${extra}" for ${name}.`,
      `Quote values that contain spaces. Run \`rollcall ${name} --help\` for the arguments.`,
    );
  }
  const [only] = words;
  if (only === undefined && positional.optional !== true)
    throw new UsageError(
      `Missing argument: ${positional.name.toUpperCase()} (${positional.describe}).`,
      `Run \`rollcall ${name} --help\` for an example.`,
    );
  const { choices } = positional;
  if (only !== undefined && choices !== undefined && !choices.includes(only))
    throw new UsageError(
      `Invalid value "${only}" for ${positional.name.toUpperCase()}.`,
      `Valid values: ${choices.join(', ')}.`,
    );
  return { [positional.name]: positional.many === true ? words : only };
}

/** Returns a hint if `key` is another tool's name of an option that the command has. */
function hintForOtherName(key: string, options: Options): string | undefined {
  const names = Object.hasOwn(otherNames, key) ? (otherNames[key] ?? []) : [];
  const own = names.filter((name) => Object.hasOwn(options, name)).map((name) => `--${name}`);
  return own.length === 0 ? undefined : `Use ${own.join(' or ')} instead.`;
}

async function refuseUnknownOptions(who: string, options: Options, raw: Raw): Promise<void> {
  const aliases = new Set(Object.values(options).map((spec) => spec.alias));
  for (const key of Object.keys(raw)) {
    if (key === '_' || key === '$0' || Object.hasOwn(options, key) || aliases.has(key)) continue;
    throw new UsageError(
      `Unknown flag: ${key.length === 1 ? '-' : '--'}${key}.`,
      hintForOtherName(key, options) ??
        (await suggestion(
          `--${key}`,
          Object.keys(options).map((name) => `--${name}`),
          `Run \`${who} --help\` to list the flags.`,
        )),
    );
  }
}

/** Converts what yargs parsed to the arguments of a command. */
async function argumentsOf(
  program: Program,
  command: Command,
  options: Options,
  raw: Raw,
): Promise<Arguments> {
  await refuseUnknownOptions(`${program.name} ${command.name}`, options, raw);
  const values = Object.entries(options).map(([name, spec]) => {
    const given = raw[name];
    const all = given === undefined ? [] : Array.isArray(given) ? given : [given];
    return [name, optionValue(name, spec, all as (string | boolean)[])] as const;
  });
  const words = raw._.slice(command.name.split(' ').length).map(String);
  return { ...Object.fromEntries(values), ...positionalValue(command, words) };
}

/** Writes `--secret-file -` as `--secret-file=-`, because yargs does not accept a single dash as a value. */
function joinDashes(argv: readonly string[]): readonly string[] {
  return argv.flatMap((word, index) => {
    const next = argv[index + 1];
    if (word === '-' && argv[index - 1]?.startsWith('--') === true) return [];
    return next === '-' && word.startsWith('--') ? [`${word}=-`] : [word];
  });
}

/**
 * Parses a command line. Only this module uses yargs.
 * @throws {UsageError} for an unknown command, an unknown flag or an invalid value
 */
export async function parseArguments(typed: readonly string[], program: Program): Promise<Request> {
  const argv = joinDashes(typed);
  let request: Request | undefined;
  const parser = yargs([...(argv[0] === 'help' ? [...argv.slice(1), '--help'] : argv)])
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
  withOptions(parser, program.options);

  const withoutCommand = async (raw: Raw) => {
    const words = raw._.map(String);
    if (raw['help'] !== true && words.length > 0) throw await unknownCommand(program, words);
    if (raw['help'] !== true) await refuseUnknownOptions(program.name, program.options, raw);
    request = { kind: 'help', words };
  };
  parser.command(
    '$0',
    false,
    (inner) => inner,
    (raw) => withoutCommand(raw as unknown as Raw),
  );

  const mount = (on: Argv, word: string, command: Command) => {
    let options: Options = {};
    on.command(
      word,
      false,
      async (inner) => {
        options = { ...(await commandOptions(command)), ...program.options };
        return withOptions(inner, options);
      },
      async (given) => {
        const raw = given as unknown as Raw;
        request =
          raw['help'] === true
            ? { kind: 'help', words: command.name.split(' ') }
            : { kind: 'run', command, args: await argumentsOf(program, command, options, raw) };
      },
    );
  };
  for (const noun of Object.keys(program.nouns))
    parser.command(
      noun,
      false,
      (inner) => {
        for (const command of program.commands) {
          const [first, verb] = command.name.split(' ');
          if (first === noun && verb !== undefined) mount(inner, verb, command);
        }
        return inner;
      },
      (raw) => withoutCommand(raw as unknown as Raw),
    );
  for (const command of program.commands)
    if (!command.name.includes(' ')) mount(parser, command.name, command);

  await parser.parseAsync();
  return request ?? { kind: 'help', words: [] };
}
