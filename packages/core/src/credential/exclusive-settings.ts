import type { StrategyIssue } from './strategy.ts';

type Given = Readonly<Record<string, unknown>>;

/** Returns an issue for each setting that is set in addition to the first one. */
export function atMostOne(settings: Given, keys: readonly string[]): readonly StrategyIssue[] {
  const [first, ...others] = keys.filter((key) => settings[key] !== undefined);
  return others.map((key) => ({
    key,
    message: `cannot be used with ${first}`,
    hint: `Set only one of ${keys.join(', ')}.`,
  }));
}

/** Returns an issue when none, or more than one, of the settings is set. */
export function exactlyOne(
  settings: Given,
  keys: readonly [string, ...string[]],
): readonly StrategyIssue[] {
  if (keys.some((key) => settings[key] !== undefined)) return atMostOne(settings, keys);
  const message = `one of ${keys.join(', ')} is required`;
  return [{ key: keys[0], message, hint: `Set one of ${keys.join(', ')}.` }];
}
