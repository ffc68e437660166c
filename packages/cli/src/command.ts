import type { Context } from './context.ts';

/** An option as data. Every kind but `flag` takes exactly one value on the command line, always as text. */
export type OptionSpec = {
  /** `list`: comma-separated, and can be repeated. `texts`: can be repeated; a comma has no meaning. */
  readonly kind: 'flag' | 'text' | 'texts' | 'list' | 'whole-number';
  readonly describe: string;
  /** The name of the value in help: FILE, URL, N … */
  readonly placeholder?: string;
  readonly alias?: string;
  readonly choices?: readonly string[];
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
  readonly optional?: boolean;
  readonly choices?: readonly string[];
}

/** The values of a command's options: a flag that is not set is false; every other missing option is undefined. */
export type ArgumentsOf<Spec extends Options> = {
  readonly [Name in keyof Spec]: Spec[Name]['kind'] extends 'flag'
    ? boolean
    : Spec[Name]['kind'] extends 'list' | 'texts'
      ? readonly string[] | undefined
      : Spec[Name]['kind'] extends 'whole-number'
        ? number | undefined
        : string | undefined;
};

/** The parsed command line: options by name, and the positional by name (a list where `many`). */
export type Arguments = Readonly<Record<string, unknown>>;

/**
 * Runs a command.
 * @param program the definition of the program, for the commands that print it
 * @returns the exit code; `undefined` means 0
 */
export type Run<Given = Arguments> = (
  args: Given,
  context: Context,
  program: Program,
) => Promise<number | void>;

/** A command as data: help, completion and the documentation are generated from it without loading its code. */
export interface Command {
  /** Its words on the command line, such as `users list`. */
  readonly name: string;
  readonly describe: string;
  readonly positional?: PositionalSpec;
  /** A function if the options come from a module that is loaded only when needed. */
  readonly options: Options | (() => Promise<Options>);
  readonly examples?: readonly (readonly [command: string, explanation: string])[];
  /** Loads the code of the command. It is called only for the command that runs. */
  load(): Promise<Run>;
}

/** Checks that the code of a command accepts the options that the command declares. */
export function command<Given>(
  spec: Omit<Command, 'load'> & { load(): Promise<Run<Given>> },
): Command {
  return spec as Command;
}

/** The command line of `rollcall` as data: arguments are parsed by it, help and completion are generated from it. */
export interface Program {
  readonly name: string;
  readonly describe: string;
  readonly commands: readonly Command[];
  /** The description of each word that has subcommands. */
  readonly nouns: Readonly<Record<string, string>>;
  /** The options of every command. */
  readonly options: Options;
  readonly epilogue: readonly string[];
}
