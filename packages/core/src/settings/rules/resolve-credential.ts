import { resolve } from 'node:path';

import type { Strategy } from '../../credential/strategy.ts';
import { Secret } from '../../secret.ts';
import type { IssueReport } from '../collect-issues.ts';
import { parseOnce, strategySchema } from '../schema.ts';
import { highestPrecedence, precedences, revealed, type SettingValue } from '../setting-value.ts';
import type { CredentialSettings } from '../settings.ts';
import { holdsPlaceholder, placeholderProblem } from './placeholder.ts';
import { schemaIssues } from './schema-issues.ts';
import type { SelectedKind } from './select-credential-kind.ts';

const prefix = 'credential.';

/**
 * Returns the value with the highest precedence for each key. Of a setting and its file variant (`secret` and
 * `secretFile`) only the one with the higher precedence is kept.
 */
function mergeKeys(values: readonly SettingValue[]): ReadonlyMap<string, SettingValue> {
  const merged = new Map<string, SettingValue>();
  for (const path of new Set(values.map((each) => each.path))) {
    const best = highestPrecedence(values.filter((each) => each.path === path));
    if (best !== undefined) merged.set(path.slice(prefix.length), best);
  }
  // A token file that the platform mounts into every pod must not conflict with a source that is configured explicitly.
  const isExplicit = merged.values().some(({ precedence }) => precedence !== precedences.platform);
  for (const [key, { precedence }] of merged) {
    if (isExplicit && precedence === precedences.platform) merged.delete(key);
    const file = merged.get(`${key}File`);
    if (file === undefined || file.precedence === precedence) continue;
    merged.delete(file.precedence < precedence ? key : `${key}File`);
  }
  return merged;
}

/** Seals a secret, and makes a path absolute. */
function checkedValue(
  { settings }: Strategy,
  key: string,
  value: unknown,
  directory: string,
): unknown {
  if (typeof value !== 'string') return value;
  const { isSecret, isPath } = settings[key] ?? {};
  if (isSecret === true) return new Secret(value);
  return isPath === true && value !== '-' ? resolve(directory, value) : value;
}

/** Returns the strategy's settings from its keys; undefined after reporting what is wrong with them. */
function checkKeys(
  strategy: Strategy,
  keys: ReadonlyMap<string, SettingValue>,
  kindSource: string | undefined,
  report: IssueReport,
): CredentialSettings | undefined {
  const invalid = new Set<string>();
  const fail: IssueReport['error'] = (issue) => {
    // A placeholder does not match the schema either; one message is enough.
    if (invalid.has(issue.path)) return;
    invalid.add(issue.path);
    report.error(issue);
  };
  const sourceOf = (path: string): string | undefined =>
    keys.get(path.split('.')[0] ?? '')?.source ?? kindSource;

  const plain = new Map(Array.from(keys, ([key, { value }]) => [key, revealed(value)]));
  for (const [key, value] of plain) {
    if (typeof value !== 'string' || !holdsPlaceholder(value)) continue;
    const hint = strategy.settings[key]?.whereToFind;
    fail({ path: prefix + key, source: sourceOf(key), ...placeholderProblem(prefix + key, hint) });
  }
  const parsed = strategySchema(strategy).safeParse(Object.fromEntries(plain), parseOnce);
  if (!parsed.success) {
    const names = Object.keys(strategy.settings);
    schemaIssues(parsed.error, { prefix: 'credential', names, sourceOf }).forEach(fail);
    return undefined;
  }
  const settings = Object.fromEntries(
    Object.entries(parsed.data).map(([key, value]) => [
      key,
      checkedValue(strategy, key, value, keys.get(key)?.directory ?? ''),
    ]),
  );
  // The registry does not know the type of a strategy's settings, which its schema has just checked.
  const checked = settings as never;
  for (const { key, message, hint } of strategy.issues(checked))
    fail({ path: prefix + key, source: sourceOf(key), message, hint });
  for (const { key, message, hint } of strategy.warnings?.(checked) ?? [])
    report.warning({ path: prefix + key, source: sourceOf(key) ?? 'credential', message, hint });
  return invalid.size > 0 ? undefined : { kind: strategy.kind, ...settings };
}

/** Returns the values of the credential, of any kind. */
export function credentialValues(values: readonly SettingValue[]): readonly SettingValue[] {
  return values.filter(({ path }) => path === 'credential' || path.startsWith(prefix));
}

/** Checks the settings of the selected kind of credential. Reports the issue if none could be selected. */
export function resolveCredential(
  values: readonly SettingValue[],
  { strategy, issue }: SelectedKind,
  report: IssueReport,
): CredentialSettings | undefined {
  if (strategy === undefined) {
    report.error(issue);
    return undefined;
  }
  const ofKind = credentialValues(values).filter(
    ({ kind }) => kind === undefined || kind === strategy.kind,
  );
  const keys = mergeKeys(
    ofKind.filter(({ path }) => path !== 'credential.kind' && path !== 'credential'),
  );
  return checkKeys(strategy, keys, highestPrecedence(ofKind)?.source, report);
}
