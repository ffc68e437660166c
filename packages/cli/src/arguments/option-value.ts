import type { OptionSpec } from './command.ts';
import { UsageError } from './usage-error.ts';

function wholeNumber(flag: string, text: string, { min = 0, max = Infinity }: OptionSpec): number {
  const value = /^\d{1,15}$/u.test(text.trim()) ? Number(text) : NaN;
  if (value >= min && value <= max) return value;
  const range = max === Infinity ? `of at least ${min}` : `from ${min} to ${max}`;
  throw new UsageError(
    `Invalid value "${text}" for ${flag}: expected a whole number ${range}.`,
    `Example: ${flag} ${Math.max(min, 100)}`,
  );
}

function listed(texts: readonly string[]): readonly string[] {
  return texts
    .flatMap((text) => text.split(','))
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

/**
 * Returns the value of an option, in the type of its kind.
 * @param given the values on the command line for this option, in order; true for a flag without a value
 * @throws {UsageError} if the value is missing, repeated or invalid
 */
export function optionValue(
  name: string,
  spec: OptionSpec,
  given: readonly (string | boolean)[],
): unknown {
  if (spec.kind === 'flag') return given.at(-1) === true;
  const texts = given.filter((item) => typeof item === 'string');
  const last = texts.at(-1);
  if (last === undefined) return undefined;
  const flag = `--${name}`;
  if (texts.length > 1 && spec.kind !== 'list' && spec.kind !== 'texts')
    throw new UsageError(`${flag} is specified more than once.`, 'Specify it once.');
  if (last === '')
    throw new UsageError(
      `${flag} requires a value.`,
      `Specify ${flag} ${spec.placeholder ?? 'VALUE'}, or remove the flag.`,
    );
  if (spec.choices !== undefined && !spec.choices.includes(last))
    throw new UsageError(
      `Invalid value "${last}" for ${flag}.`,
      `Valid values: ${spec.choices.join(', ')}.`,
    );
  if (spec.kind === 'texts') return texts;
  if (spec.kind === 'list') return listed(texts);
  return spec.kind === 'whole-number' ? wholeNumber(flag, last, spec) : last;
}
