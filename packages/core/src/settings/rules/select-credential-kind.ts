import type { Strategy, StrategyRegistry } from '../../credential/strategy.ts';
import { withHint } from '../../errors/remedies.ts';
import type { SettingsIssue } from '../../errors/settings-error.ts';
import { nearestName } from '../../nearest-name.ts';
import { precedences, type SettingValue } from '../setting-value.ts';

/** Returns each kind of credential that a source contains, with its first value. */
function configuredKinds(values: readonly SettingValue[]): ReadonlyMap<string, SettingValue> {
  const kinds = new Map<string, SettingValue>();
  for (const value of values) {
    const { kind, isSupplementary } = value;
    if (kind !== undefined && isSupplementary !== true && !kinds.has(kind)) kinds.set(kind, value);
  }
  return kinds;
}

function multipleIssue(
  configured: ReadonlyMap<string, SettingValue>,
  known: readonly string[],
): SettingsIssue {
  const kinds = Array.from(configured.keys(), (kind) =>
    known.includes(kind) ? kind : 'an unknown type',
  );
  return {
    path: 'credential',
    source: Array.from(configured.values(), ({ source }) => source).join(' and '),
    message: `Multiple credentials configured: ${kinds.join(' and ')}`,
    ...withHint({ code: 'choose-credential' }),
  };
}

function missingIssue(
  withoutKind: SettingValue | undefined,
  known: readonly string[],
): SettingsIssue {
  const message = 'required, not set';
  return withoutKind === undefined
    ? { path: 'credential', message, ...withHint({ code: 'add-credential' }) }
    : {
        path: 'credential.kind',
        source: withoutKind.source,
        message,
        hint: `Set kind to one of ${known.join(', ')}.`,
      };
}

function unknownIssue(
  kind: string,
  source: string | undefined,
  known: readonly string[],
): SettingsIssue {
  const nearest = nearestName(kind, known);
  const hint =
    nearest === undefined ? `Use one of ${known.join(', ')}.` : `Did you mean ${nearest}?`;
  return { path: 'credential.kind', source, message: 'Unknown credential type', hint };
}

/** The strategy of the credential, or why there is none. */
export type SelectedKind =
  | { readonly strategy: Strategy; readonly issue?: undefined }
  | { readonly strategy?: undefined; readonly issue: SettingsIssue };

/**
 * Selects the kind of credential: the one that a flag names, or the only one of the source that supplies it. Two kinds
 * in one source are an error, because the intended one cannot be known.
 */
export function selectCredentialKind(
  values: readonly SettingValue[],
  strategies: StrategyRegistry,
): SelectedKind {
  const known = Object.keys(strategies);
  const flag = values.find(
    ({ path, precedence }) => path === 'credential.kind' && precedence === precedences.flag,
  );
  const configured = configuredKinds(values);
  if (flag === undefined && configured.size > 1) return { issue: multipleIssue(configured, known) };
  const [first] = configured;
  const [kind, value] = flag === undefined ? (first ?? []) : [String(flag.value), flag];
  if (kind === undefined) {
    const withoutKind = values.find((each) => each.kind === undefined);
    return { issue: missingIssue(withoutKind, known) };
  }
  const strategy = Object.hasOwn(strategies, kind) ? strategies[kind] : undefined;
  return strategy === undefined
    ? { issue: unknownIssue(kind, value?.source, known) }
    : { strategy };
}
