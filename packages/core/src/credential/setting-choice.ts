import type { StrategyIssue } from './strategy.ts';

type Given = Readonly<Record<string, unknown>>;

/** Complains of every setting given beside the first one. */
export function atMostOne(settings: Given, keys: readonly string[]): readonly StrategyIssue[] {
  const [first, ...others] = keys.filter((key) => settings[key] !== undefined);
  return others.map((key) => ({
    key,
    message: `both ${first} and ${key} are given`,
    hint: `Keep one of ${keys.join(', ')} and remove the others.`,
  }));
}

/** Complains when none, or more than one, of the settings is given. */
export function exactlyOne(
  settings: Given,
  keys: readonly [string, ...string[]],
): readonly StrategyIssue[] {
  if (keys.some((key) => settings[key] !== undefined)) return atMostOne(settings, keys);
  const names = keys.join(' or ');
  return [{ key: keys[0], message: `${names} is missing`, hint: `Give ${names}, one of them.` }];
}
