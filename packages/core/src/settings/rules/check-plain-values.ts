import { Secret } from '../../secret.ts';
import type { IssueReport } from '../collect-issues.ts';
import {
  parseOnce,
  plainSettings,
  type PlainSettings,
  type SealedSetting,
  sealedSettings,
} from '../schema.ts';
import { highestPrecedence, revealed, type SettingValue } from '../setting-value.ts';
import { holdsPlaceholder, placeholderProblem } from './placeholder.ts';
import { schemaIssues } from './schema-issues.ts';

/**
 * Checked for placeholders by their own rules, because a source with higher precedence can replace a part of them.
 */
const hasOwnRule: ReadonlySet<string> = new Set(['tenant', 'authority', 'clientId']);

export type SealedPlainSettings = Omit<PlainSettings, SealedSetting> & {
  readonly [Name in SealedSetting]?: Secret | undefined;
};

export interface PlainValues {
  /** The value with the highest precedence of each valid setting. */
  readonly values: SealedPlainSettings;
  /** All values of the valid settings, including those with lower precedence. */
  readonly valid: readonly SettingValue[];
}

function sealed(values: Readonly<Record<string, unknown>>): SealedPlainSettings {
  return Object.fromEntries(
    Object.entries(values).map(([path, value]) => [
      path,
      typeof value === 'string' && (sealedSettings as readonly string[]).includes(path)
        ? new Secret(value)
        : value,
    ]),
  );
}

/**
 * Checks the type of every setting except the credential, and that none contains a placeholder.
 * @param names keys to suggest for a mistyped one
 */
export function checkPlainValues(
  values: readonly SettingValue[],
  names: readonly string[],
  report: IssueReport,
): PlainValues {
  const paths = new Set(values.map(({ path }) => path));
  const effective = new Map(
    Array.from(paths, (path) => {
      const best = highestPrecedence(values.filter((each) => each.path === path));
      return [path, { value: revealed(best?.value), source: best?.source }];
    }),
  );
  const invalid = new Set<string>();

  for (const [path, { value, source }] of effective) {
    const texts = [value].flat().filter((each) => typeof each === 'string');
    const isChecked = Object.hasOwn(plainSettings.shape, path) && !hasOwnRule.has(path);
    if (!isChecked || !texts.some(holdsPlaceholder)) continue;
    invalid.add(path);
    report.error({ path, source, ...placeholderProblem(path) });
  }
  const input = Object.fromEntries(
    Array.from(effective, ([path, { value }]) => [path, value] as const).filter(
      ([path]) => !invalid.has(path),
    ),
  );
  const parsed = plainSettings.safeParse(input, parseOnce);
  if (!parsed.success) {
    const sourceOf = (path: string): string | undefined =>
      effective.get(path.split('.')[0] ?? '')?.source;
    for (const issue of schemaIssues(parsed.error, { names, sourceOf })) {
      invalid.add(issue.path.split('.')[0] ?? '');
      report.error(issue);
    }
  }
  return {
    values: sealed(
      parsed.success
        ? parsed.data
        : Object.fromEntries(Object.entries(input).filter(([path]) => !invalid.has(path))),
    ),
    valid: values.filter(({ path }) => !invalid.has(path)),
  };
}
