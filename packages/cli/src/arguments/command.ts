import type { Context } from '../context.ts';
import type { ExitCodeMeaning } from '../process/exit-codes.ts';

/** An option as data. Every kind but `flag` takes exactly one value on the command line, always as text. */
export type OptionSpec = {
  /** `list`: comma-separated, and can be repeated. `texts`: can be repeated; a comma has no meaning. */
  readonly kind: 'flag' | 'text' | 'texts' | 'list' | 'whole-number';
  readonly describe: string;
  /** The name of the value in help: FILE, URL, N … */
  readonly placeholder?: string;
  readonly alias?: string;
  readonly choices?: readonly string[];
  /** Values that completion suggests; others can be valid too. */
  readonly suggestions?: readonly string[];
  /** For `whole-number`. */
  readonly min?: number;
  readonly max?: number;
  /** Its heading in help. */
  readonly group?: string;
};

export type Options = Readonly<Record<string, OptionSpec>>;

export interface PositionalSpec {
  readonly name: string;
  readonly describe: string;
  readonly many?: boolean;
  /** Whether it can be omitted. */
  readonly optional?: boolean;
  readonly choices?: readonly string[];
}

/** The value of an option: false for a flag that is not set, undefined for every other option that is not set. */
type ValueOf<Kind extends OptionSpec['kind']> = Kind extends 'flag'
  ? boolean
  : Kind extends 'list' | 'texts'
    ? readonly string[] | undefined
    : Kind extends 'whole-number'
      ? number | undefined
      : string | undefined;

/** The values of options by name. */
export type ArgumentsOf<Spec extends Options> = {
  readonly [Name in keyof Spec]: ValueOf<Spec[Name]['kind']>;
};

/** The value of the positional by its name: a list if it is `many`, else one text. */
type PositionalOf<Spec> = Spec extends PositionalSpec
  ? {
      readonly [Name in Spec['name']]: Spec extends { readonly many: true }
        ? readonly string[]
        : Spec extends { readonly choices: readonly (infer Choice)[] }
          ? Choice
          : string;
    }
  : unknown;

/** The parsed command line: options by name, and the positional by its name. */
export type Arguments = Readonly<Record<string, unknown>>;

/** A command line with a comment that says what it does. */
export type Example = readonly [commandLine: string, comment: string];

/** The definition of a command: its command line as data, and its code. */
export interface Command {
  readonly positional?: PositionalSpec | undefined;
  readonly options: Options;
  readonly examples: readonly Example[];
  /**
   * Runs the command.
   * @param program the definition of the program, for the commands that print it
   * @returns the exit code; `undefined` means 0
   */
  run(args: Arguments, context: Context, program: Program): Promise<number | void>;
}

/** Defines a command, and checks that its code accepts the arguments that its options and its positional declare. */
export function defineCommand<
  const Spec extends Options,
  const Positional extends PositionalSpec | undefined = undefined,
>(definition: {
  readonly positional?: Positional;
  readonly options: Spec;
  readonly examples: readonly Example[];
  run(
    args: ArgumentsOf<Spec> & PositionalOf<Positional>,
    context: Context,
    program: Program,
  ): Promise<number | void>;
}): Command {
  return definition;
}

/** A command in the registry: what the overview in help shows, without loading the definition. */
export interface CommandEntry {
  /** Its words on the command line, such as `users list`. */
  readonly name: string;
  readonly summary: string;
  /** Loads the definition. */
  readonly load: () => Promise<Command>;
}

/** Help about something that several commands share. */
export interface HelpTopic {
  readonly summary: string;
  /** Loads the options that it describes in full. The help of a command lists their names only. */
  readonly load: () => Promise<Options>;
}

/** The command line of `rollcall` as data: arguments are parsed by it, help and completion are generated from it. */
export interface Program {
  readonly name: string;
  readonly summary: string;
  readonly commands: readonly CommandEntry[];
  /** The summary of each word that has subcommands. */
  readonly nouns: Readonly<Record<string, string>>;
  /** The topics of `help`, by their word. */
  readonly topics: Readonly<Record<string, HelpTopic>>;
  /** The options of every command. */
  readonly options: Options;
  /** The options that are valid only without a command. */
  readonly rootOptions: Options;
  readonly exitCodes: readonly ExitCodeMeaning[];
}
