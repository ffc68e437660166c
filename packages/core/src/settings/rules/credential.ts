import { resolve } from 'node:path';

import { strategies } from '../../credential/strategies.ts';
import type { Strategy } from '../../credential/strategy.ts';
import { Secret } from '../../secret.ts';
import { type SettingValue, ranks, highestPrecedence } from '../setting-value.ts';
import type { Report } from '../report.ts';
import type { CredentialSettings } from '../settings.ts';
import { chooseCredentialKind } from './credential-kind.ts';
import { guidOf } from '../../guid.ts';
import { holdsPlaceholder, placeholderProblem } from './placeholder.ts';
import { schemaMistakes } from './schema-mistakes.ts';

const prefix = 'credential.';

/** The highestPrecedence value of each key; of a value and the file that holds it (`secret`, `secretFile`), the stronger. */
function mergeKeys(found: readonly SettingValue[]): ReadonlyMap<string, SettingValue> {
  const merged = new Map<string, SettingValue>();
  for (const path of new Set(found.map((each) => each.path))) {
    const best = highestPrecedence(found.filter((each) => each.path === path));
    if (best !== undefined) merged.set(path.slice(prefix.length), best);
  }
  // A file that the platform mounts into every pod yields to whatever was asked for by name.
  const isAsked = merged.values().some(({ rank }) => rank !== ranks.ambient);
  for (const [key, value] of merged) {
    if (isAsked && value.rank === ranks.ambient) merged.delete(key);
    const file = merged.get(`${key}File`);
    if (file === undefined || file.rank === value.rank) continue;
    merged.delete(file.rank < value.rank ? key : `${key}File`);
  }
  return merged;
}

function warnOfSecret(secret: SettingValue | undefined, report: Report): void {
  if (typeof secret?.value !== 'string') return;
  const warn = (message: string, hint: string): void =>
    report.warning({ path: 'credential.secret', source: secret.source, message, hint });
  if (guidOf(secret.value) !== undefined) {
    warn(
      'looks like the ID of a secret, not its value',
      'Paste the column "Value"; it is shown only once, so make a new secret if it is gone.',
    );
  } else if (secret.value.trim() !== secret.value) {
    warn('begins or ends with a blank', 'Remove it if it came along with copying.');
  }
}

function seal(strategy: Strategy, key: string, value: unknown, folder: string): unknown {
  if (typeof value !== 'string') return value;
  if (strategy.secretKeys.includes(key)) return new Secret(value);
  return strategy.pathKeys.includes(key) && value !== '-' ? resolve(folder, value) : value;
}

/** What a strategy makes of its keys: secrets sealed, paths absolute. Undefined after telling what is wrong. */
function checkKeys(
  strategy: Strategy,
  keys: ReadonlyMap<string, SettingValue>,
  kindSource: string,
  report: Report,
): CredentialSettings | undefined {
  const wrong = new Set<string>();
  const complain: Report['mistake'] = (issue) => {
    // A placeholder also has the wrong shape, which is no news.
    if (wrong.has(issue.path)) return;
    wrong.add(issue.path);
    report.mistake(issue);
  };
  const sourceOf = (path: string): string =>
    keys.get(path.split('.')[0] ?? '')?.source ?? kindSource;

  for (const [key, { value, source }] of keys) {
    const path = `${prefix}${key}`;
    if (typeof value === 'string' && holdsPlaceholder(value))
      complain({ path, source, ...placeholderProblem(path) });
  }
  const parsed = strategy.settings.safeParse(
    Object.fromEntries(Array.from(keys, ([key, { value }]) => [key, value])),
  );
  if (!parsed.success) {
    const names = Object.keys(strategy.settings.shape);
    schemaMistakes(parsed.error, { prefix: 'credential', names, sourceOf }).forEach(complain);
    return undefined;
  }
  const settings = Object.fromEntries(
    Object.entries(parsed.data).map(([key, value]) => [
      key,
      seal(strategy, key, value, keys.get(key)?.folder ?? ''),
    ]),
  );
  // The registry cannot say which strategy's type these are; its own schema just has.
  for (const { key, message, hint } of strategy.issues(settings as never))
    complain({ path: `${prefix}${key}`, source: sourceOf(key), message, hint });
  return wrong.size > 0 ? undefined : { kind: strategy.kind, ...settings };
}

/** Finds the one credential that the sources give, and checks it by its strategy's own schema. */
export function resolveCredential(
  found: readonly SettingValue[],
  report: Report,
): CredentialSettings | undefined {
  const ours = found.filter(({ path }) => path === 'credential' || path.startsWith(prefix));
  const kind = chooseCredentialKind(ours, report);
  if (kind === undefined) return undefined;
  const ofKind = ours.filter((each) => each.kind === undefined || each.kind === kind);
  const keys = mergeKeys(
    ofKind.filter(({ path }) => path !== 'credential.kind' && path !== 'credential'),
  );
  warnOfSecret(kind === 'client-secret' ? keys.get('secret') : undefined, report);
  return checkKeys(strategies[kind], keys, highestPrecedence(ofKind)?.source ?? 'nowhere', report);
}
