import { nearestName } from '@rollcall/core/command-line';

import type { Options, Program } from './command.ts';
import { otherNames } from './other-names.ts';
import { UsageError } from './usage-error.ts';

/** Returns the hint for a name with a spelling mistake, or `otherwise` if no known name is similar. */
function suggestion(word: string, known: readonly string[], otherwise: string): string {
  const suggested = nearestName(word, known);
  return suggested === undefined ? otherwise : `Did you mean ${suggested}?`;
}

/** Returns the error for words that are not a command. */
export function unknownCommand(program: Program, words: readonly string[]): UsageError {
  const [first = '', second = ''] = words;
  const names = program.commands.map(({ name }) => name.split(' '));
  const verbs = names.flatMap(([noun, verb]) =>
    noun === first && verb !== undefined ? [verb] : [],
  );
  if (verbs.length === 0)
    return new UsageError(
      `Unknown command "${first}".`,
      suggestion(
        first,
        [...new Set(names.map(([word = '']) => word))],
        `Run \`${program.name} --help\` to list the commands.`,
      ),
    );
  return new UsageError(
    `Unknown command "${first} ${second}".`,
    suggestion(second, verbs, `Available: ${verbs.join(', ')}.`),
  );
}

/** Returns a hint if `flag` is another tool's name of an option that the command has. */
function hintForOtherName(flag: string, options: Options): string | undefined {
  const names = Object.hasOwn(otherNames, flag) ? (otherNames[flag] ?? []) : [];
  const known = names.filter((name) => Object.hasOwn(options, name)).map((name) => `--${name}`);
  return known.length === 0 ? undefined : `Use ${known.join(' or ')} instead.`;
}

/**
 * Checks that a command has every flag of its command line.
 * @param commandLine the program and the command, such as `rollcall users list`
 * @param flags the names without dashes, as they were typed
 * @throws {UsageError} for the first unknown flag
 */
export function refuseUnknownFlags(
  commandLine: string,
  options: Options,
  flags: readonly string[],
): void {
  const aliases = new Set(Object.values(options).map((spec) => spec.alias));
  const unknown = flags.find((flag) => !Object.hasOwn(options, flag) && !aliases.has(flag));
  if (unknown === undefined) return;
  throw new UsageError(
    `Unknown flag: ${unknown.length === 1 ? '-' : '--'}${unknown}.`,
    hintForOtherName(unknown, options) ??
      suggestion(
        `--${unknown}`,
        Object.keys(options).map((name) => `--${name}`),
        `Run \`${commandLine} --help\` to list the flags.`,
      ),
  );
}
