import { type SettingValue, highestPrecedence } from '../setting-value.ts';
import type { Report } from '../report.ts';
import { plainSettings, type PlainSettings } from '../schema.ts';
import { holdsPlaceholder, placeholderProblem } from './placeholder.ts';
import { schemaMistakes } from './schema-mistakes.ts';

/** Judged where they are put together, because a stronger source may replace half of one. */
const judgedLater: ReadonlySet<string> = new Set(['tenant', 'authority', 'clientId']);

export interface PlainValues {
  /** For each setting that counts and is sound, its value. */
  readonly values: PlainSettings;
  /** All values, of weaker sources too, for the settings that are sound. */
  readonly sound: readonly SettingValue[];
}

/**
 * Checks the type of every setting but the credential, and that it was filled in.
 * @param names keys to suggest for a slip
 */
export function checkPlainValues(
  found: readonly SettingValue[],
  names: readonly string[],
  report: Report,
): PlainValues {
  const paths = new Set(found.map(({ path }) => path));
  const counting = new Map(
    Array.from(paths, (path) => [
      path,
      highestPrecedence(found.filter((each) => each.path === path)),
    ]),
  );
  const unsound = new Set<string>();
  const complain = (path: string, issue: Parameters<Report['mistake']>[0]): void => {
    unsound.add(path);
    report.mistake(issue);
  };

  for (const [path, each] of counting) {
    const texts = [each?.value].flat().filter((value) => typeof value === 'string');
    const isJudged = Object.hasOwn(plainSettings.shape, path) && !judgedLater.has(path);
    if (each === undefined || !isJudged || !texts.some(holdsPlaceholder)) continue;
    complain(path, { path, source: each.source, ...placeholderProblem(path) });
  }
  const input = Object.fromEntries(
    Array.from(counting, ([path, each]) => [path, each?.value]).filter(
      ([path]) => !unsound.has(path as string),
    ),
  );
  const parsed = plainSettings.safeParse(input);
  if (!parsed.success) {
    const sourceOf = (path: string): string =>
      counting.get(path.split('.')[0] ?? '')?.source ?? 'nowhere';
    for (const issue of schemaMistakes(parsed.error, { names, sourceOf }))
      complain(issue.path.split('.')[0] ?? '', issue);
  }
  const isSound = (path: string): boolean => !unsound.has(path);
  return {
    values: parsed.success
      ? parsed.data
      : Object.fromEntries(Object.entries(input).filter(([path]) => isSound(path))),
    sound: found.filter(({ path }) => isSound(path)),
  };
}
