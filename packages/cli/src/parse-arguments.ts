import yargs, { type Argv, type Options as YargsOption } from 'yargs';

import type { Arguments, Command, Options, OptionSpec } from './command.ts';
import { commandOptions } from './command-options.ts';
import { nearest } from './nearest.ts';
import { optionValue } from './option-value.ts';
import { otherNames } from './other-names.ts';
import type { Program } from './command.ts';
import { UsageError } from './usage-error.ts';

/** What argv asks for. */
export type Request =
  | { readonly kind: 'run'; readonly command: Command; readonly args: Arguments }
  /** `words` say of what: none for the program itself. */
  | { readonly kind: 'help'; readonly words: readonly string[] };

type Raw = Readonly<Record<string, unknown>> & { readonly _: readonly (string | number)[] };

/** A value is what was typed: no numbers made of ids, no objects made of dots, no second spelling of a name. */
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

function suggestion(word: string, known: readonly string[], otherwise: string): string {
  const meant = nearest(word, known);
  return meant === undefined ? otherwise : `Did you mean ${meant}?`;
}

function unknownWord(program: Program, words: readonly string[]): UsageError {
  const [first = '', second = ''] = words;
  const verbs = program.commands
    .map((each) => each.name.split(' '))
    .filter(([noun, verb]) => noun === first && verb !== undefined)
    .map(([, verb = '']) => verb);
  if (verbs.length > 0)
    return new UsageError(
      second === ''
        ? `${program.name} ${first} needs to know what to do.`
        : `${program.name} ${first} has no command "${second}".`,
      suggestion(second, verbs, `Choose one of: ${verbs.join(', ')}.`),
    );
  const firsts = [...new Set(program.commands.map((each) => each.name.split(' ')[0] ?? ''))];
  return new UsageError(
    `There is no command "${first}".`,
    suggestion(first, firsts, `\`${program.name} --help\` lists the commands.`),
  );
}

function positionalValue(command: Command, words: readonly string[]): Arguments {
  const { name, positional } = command;
  if (positional === undefined || words.length > (positional.many === true ? Infinity : 1)) {
    const [extra] = words.slice(positional === undefined ? 0 : 1);
    if (extra === undefined) return {};
    throw new UsageError(
      `"${extra}" is one word too many for ${name}.`,
      `Quote values that hold spaces; \`rollcall ${name} --help\` shows what it takes.`,
    );
  }
  const [only] = words;
  if (only === undefined && positional.optional !== true)
    throw new UsageError(
      `${name} needs ${positional.name}: ${positional.describe}.`,
      `\`rollcall ${name} --help\` shows an example.`,
    );
  const { choices } = positional;
  if (only !== undefined && choices !== undefined && !choices.includes(only))
    throw new UsageError(
      `${positional.name} cannot be "${only}".`,
      `Choose one of: ${choices.join(', ')}.`,
    );
  return { [positional.name]: positional.many === true ? words : only };
}

/** The options that another tool's name for one stands for, of those that the command has. */
function ownNames(key: string, options: Options): string | undefined {
  const names = Object.hasOwn(otherNames, key) ? (otherNames[key] ?? []) : [];
  const own = names.filter((name) => Object.hasOwn(options, name)).map((name) => `--${name}`);
  return own.length === 0 ? undefined : `Here it is ${own.join(' or ')}.`;
}

function refuseUnknownOptions(who: string, options: Options, raw: Raw): void {
  const aliases = new Set(Object.values(options).map((spec) => spec.alias));
  for (const key of Object.keys(raw)) {
    if (key === '_' || key === '$0' || Object.hasOwn(options, key) || aliases.has(key)) continue;
    throw new UsageError(
      `${who} has no option ${key.length === 1 ? '-' : '--'}${key}.`,
      ownNames(key, options) ??
        suggestion(
          `--${key}`,
          Object.keys(options).map((name) => `--${name}`),
          `\`${who} --help\` lists the options.`,
        ),
    );
  }
}

function read(program: Program, command: Command, options: Options, raw: Raw): Arguments {
  refuseUnknownOptions(`${program.name} ${command.name}`, options, raw);
  const values = Object.entries(options).map(([name, spec]) => {
    const given = raw[name];
    const all = given === undefined ? [] : Array.isArray(given) ? given : [given];
    return [name, optionValue(name, spec, all as (string | boolean)[])] as const;
  });
  const words = raw._.slice(command.name.split(' ').length).map(String);
  return { ...Object.fromEntries(values), ...positionalValue(command, words) };
}

/** `--secret-file -` as `--secret-file=-`: yargs takes a lone dash after an option for no value at all. */
function joinDashes(argv: readonly string[]): readonly string[] {
  return argv.flatMap((word, index) => {
    const next = argv[index + 1];
    if (word === '-' && argv[index - 1]?.startsWith('--') === true) return [];
    return next === '-' && word.startsWith('--') ? [`${word}=-`] : [word];
  });
}

/**
 * The one place that talks to yargs.
 * @throws {UsageError} on anything that the program does not know
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
      throw error ?? new UsageError(message, `\`${program.name} --help\` lists the commands.`);
    });
  withOptions(parser, program.options);

  const orphan = (raw: Raw) => {
    const words = raw._.map(String);
    if (raw['help'] !== true && words.length > 0) throw unknownWord(program, words);
    if (raw['help'] !== true) refuseUnknownOptions(program.name, program.options, raw);
    request = { kind: 'help', words };
  };
  parser.command(
    '$0',
    false,
    (inner) => inner,
    (raw) => orphan(raw as unknown as Raw),
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
      (given) => {
        const raw = given as unknown as Raw;
        request =
          raw['help'] === true
            ? { kind: 'help', words: command.name.split(' ') }
            : { kind: 'run', command, args: read(program, command, options, raw) };
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
      (raw) => orphan(raw as unknown as Raw),
    );
  for (const command of program.commands)
    if (!command.name.includes(' ')) mount(parser, command.name, command);

  await parser.parseAsync();
  return request ?? { kind: 'help', words: [] };
}
