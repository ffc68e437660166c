import { type SettingValue, type Rank, highestPrecedence, valuesOf } from '../setting-value.ts';

/** A value that passed its own check, with where it came from. */
export interface Sourced<Value> {
  readonly value: Value;
  readonly source: string;
  readonly rank: Rank;
}

/** Every text that the sources give for one setting. */
export function textsOf(found: readonly SettingValue[], path: string): readonly Sourced<string>[] {
  return valuesOf(found, path).flatMap(({ value, source, rank }) =>
    typeof value === 'string' ? [{ value, source, rank }] : [],
  );
}

/** The text that counts. */
export function textOf(found: readonly SettingValue[], path: string): Sourced<string> | undefined {
  return highestPrecedence(textsOf(found, path));
}

/** Whether `one` is there and `other` is there too, from a weaker source. */
export function outranks(
  one: Sourced<unknown> | undefined,
  other: Sourced<unknown> | undefined,
): boolean {
  return one !== undefined && other !== undefined && one.rank < other.rank;
}
