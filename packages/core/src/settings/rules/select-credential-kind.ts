import type { StrategyRegistry } from '../../credential/strategy.ts';
import { withHint } from '../../errors/remedies.ts';
import { nearestName } from '../../nearest-name.ts';
import type { IssueReport } from '../collect-issues.ts';
import { precedences, type SettingValue } from '../setting-value.ts';

/** Returns each kind of credential that a source contains, with its first value. */
function configuredKinds(values: readonly SettingValue[]): ReadonlyMap<string, SettingValue> {
  const kinds = new Map<string, SettingValue>();
  const usesAuto = values.some(({ kind }) => kind === 'auto');
  for (const value of values) {
    const { kind, precedence, isSupplementary } = value;
    // `auto` selects from the credentials of the environment, so that they do not conflict with it.
    const isFromEnvironment =
      precedence === precedences.environment || precedence === precedences.platform;
    if (usesAuto && kind !== 'auto' && isFromEnvironment) continue;
    if (kind !== undefined && isSupplementary !== true && !kinds.has(kind)) kinds.set(kind, value);
  }
  return kinds;
}

function reportMultiple(
  configured: ReadonlyMap<string, SettingValue>,
  known: readonly string[],
  report: IssueReport,
): undefined {
  const kinds = Array.from(configured.keys(), (kind) =>
    known.includes(kind) ? kind : 'an unknown type',
  );
  report.error({
    path: 'credential',
    source: Array.from(configured.values(), ({ source }) => source).join(' and '),
    message: `Multiple credentials configured: ${kinds.join(' and ')}`,
    ...withHint({ code: 'choose-credential' }),
  });
}

function reportMissing(
  withoutKind: SettingValue | undefined,
  known: readonly string[],
  report: IssueReport,
): undefined {
  report.error(
    withoutKind === undefined
      ? {
          path: 'credential',
          message: 'required, not set',
          ...withHint({ code: 'add-credential' }),
        }
      : {
          path: 'credential.kind',
          source: withoutKind.source,
          message: 'required, not set',
          hint: `Set kind to one of ${known.join(', ')}.`,
        },
  );
}

/**
 * Selects the kind of credential: the one that a flag names, or the only one that the sources contain. Two kinds are an
 * error regardless of their sources, because the intended one cannot be known.
 */
export function selectCredentialKind(
  values: readonly SettingValue[],
  strategies: StrategyRegistry,
  report: IssueReport,
): string | undefined {
  const known = Object.keys(strategies);
  const flag = values.find(
    ({ path, precedence }) => path === 'credential.kind' && precedence === precedences.flag,
  );
  const configured = configuredKinds(values);
  if (flag === undefined && configured.size > 1) return reportMultiple(configured, known, report);
  const [first] = configured;
  const [kind, value] = flag === undefined ? (first ?? []) : [String(flag.value), flag];
  if (kind === undefined) {
    const withoutKind = values.find((each) => each.kind === undefined);
    return reportMissing(withoutKind, known, report);
  }
  if (Object.hasOwn(strategies, kind)) return kind;
  const nearest = nearestName(kind, known);
  report.error({
    path: 'credential.kind',
    source: value?.source,
    message: 'Unknown credential type',
    hint: nearest === undefined ? `Use one of ${known.join(', ')}.` : `Did you mean ${nearest}?`,
  });
  return undefined;
}
