import type { Arguments, PositionalSpec } from './command.ts';
import { UsageError } from './usage-error.ts';

/**
 * Returns the value of the positional by its name.
 * @param commandLine the program and the command, such as `rollcall users get`
 * @param words the arguments after the command
 * @throws {UsageError} if the positional is missing or invalid, or if there are more arguments
 */
export function positionalValue(
  commandLine: string,
  positional: PositionalSpec | undefined,
  words: readonly string[],
): Arguments {
  const allowed = positional === undefined ? 0 : positional.many === true ? Infinity : 1;
  if (words.length > allowed)
    throw new UsageError(
      `Unexpected argument "${words[allowed]}".`,
      `Quote values that contain spaces. Run \`${commandLine} --help\` for the arguments.`,
    );
  if (positional === undefined) return {};
  const { name, describe, many, optional = false, choices } = positional;
  const [first] = words;
  if (first === undefined && optional) return { [name]: many === true ? [] : undefined };
  if (first === undefined)
    throw new UsageError(
      `Missing argument: ${name.toUpperCase()} (${describe}).`,
      `Run \`${commandLine} --help\` for an example.`,
    );
  if (choices !== undefined && !choices.includes(first))
    throw new UsageError(
      `Invalid value "${first}" for ${name.toUpperCase()}.`,
      `Valid values: ${choices.join(', ')}.`,
    );
  return { [name]: many === true ? words : first };
}
