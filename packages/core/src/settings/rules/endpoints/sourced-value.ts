import {
  highestPrecedence,
  type Precedence,
  type SettingValue,
  valuesOf,
} from '../../setting-value.ts';

/** A checked value with its source. */
export interface SourcedValue<Value> {
  readonly value: Value;
  readonly source: string;
  readonly precedence: Precedence;
}

/** Returns every text that the sources contain for one setting. */
export function textsOf(
  values: readonly SettingValue[],
  path: string,
): readonly SourcedValue<string>[] {
  return valuesOf(values, path).flatMap(({ value, source, precedence }) =>
    typeof value === 'string' ? [{ value, source, precedence }] : [],
  );
}

/** Returns the text with the highest precedence for one setting. */
export function textOf(
  values: readonly SettingValue[],
  path: string,
): SourcedValue<string> | undefined {
  return highestPrecedence(textsOf(values, path));
}

/** Returns whether both values are set, and `one` comes from a source with precedence over that of `other`. */
export function hasPrecedenceOver(
  one: SourcedValue<unknown> | undefined,
  other: SourcedValue<unknown> | undefined,
): boolean {
  return one !== undefined && other !== undefined && one.precedence < other.precedence;
}
