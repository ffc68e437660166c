import type { Context } from './context.ts';

/** A flag as data. Every kind but `flag` takes exactly one value on the command line, always as text. */
export type OptionSpec = {
  /** `list`: comma-separated, and may be given more than once; `texts`: more than once, each as it stands. */
  readonly kind: 'flag' | 'text' | 'texts' | 'list' | 'whole-number';
  readonly describe: string;
  /** What stands for the value in help: FILE, URL, N … */
  readonly placeholder?: string;
  readonly alias?: string;
  readonly choices?: readonly string[];
  /** For `whole-number`. */
  readonly min?: number;
  readonly max?: number;
  /** The heading it stands under in help. */
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

/** What a command is given for its options: a missing flag is false, anything else missing is undefined. */
export type ArgumentsOf<Spec extends Options> = {
  readonly [Name in keyof Spec]: Spec[Name]['kind'] extends 'flag'
    ? boolean
    : Spec[Name]['kind'] extends 'list' | 'texts'
      ? readonly string[] | undefined
      : Spec[Name]['kind'] extends 'whole-number'
        ? number | undefined
        : string | undefined;
};

/** All that argv said: options by name, positionals by name (a list where `many`). */
export type Arguments = Readonly<Record<string, unknown>>;

/**
 * Runs a command. The program is its own definition, for the commands that print it.
 * @returns the exit code; nothing means 0
 */
export type Run<Given = Arguments> = (
  args: Given,
  context: Context,
  program: Program,
) => Promise<number | void>;

/** A command is data: help, completion and the documentation are read from it without loading what it does. */
export interface Command {
  /** The words that call it: `users list`. */
  readonly name: string;
  readonly describe: string;
  readonly positional?: PositionalSpec;
  /** A function where reading them costs an import. */
  readonly options: Options | (() => Promise<Options>);
  readonly examples?: readonly (readonly [command: string, says: string])[];
  /** Loads the code, only when the command is the one called. */
  load(): Promise<Run>;
}

/** Ties a command's code to the options it declares; `Given` is what they and the positional amount to. */
export function command<Given>(
  spec: Omit<Command, 'load'> & { load(): Promise<Run<Given>> },
): Command {
  return spec as Command;
}

/** What `rollcall` is, as data: argv is read against it, and help and completion are written from it. */
export interface Program {
  readonly name: string;
  readonly describe: string;
  readonly commands: readonly Command[];
  /** One line for each first word that has several second ones. */
  readonly nouns: Readonly<Record<string, string>>;
  /** What every command takes. */
  readonly options: Options;
  readonly epilogue: readonly string[];
}
