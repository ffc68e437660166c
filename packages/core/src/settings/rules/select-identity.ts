import type { StrategyRegistry } from '../../credential/strategy.ts';
import { precedences, type SettingValue } from '../setting-value.ts';

/** A value that is not used, and why. */
export interface IgnoredSetting {
  /** The dotted path in the native form. */
  readonly path: string;
  readonly source: string;
  /** The source that is used instead. */
  readonly because: string;
}

/** The settings that belong to the credential: it is one of an application, and the application is in a tenant. */
const identity: ReadonlySet<string> = new Set(['tenant', 'authority', 'protocol', 'clientId']);

function isCredential({ path }: SettingValue): boolean {
  return path === 'credential' || path.startsWith('credential.');
}

/** Returns the kind that a flag selects among the credentials of all sources. */
function kindOfFlag(values: readonly SettingValue[]): string | undefined {
  const flag = values.find(
    ({ path, precedence }) => path === 'credential.kind' && precedence === precedences.flag,
  );
  return flag === undefined ? undefined : String(flag.value);
}

/**
 * Tenant, application and credential belong together: the source with the highest precedence that contains a credential
 * supplies it. Sources above it can replace or complete tenant, authority and client ID. Those below it cannot, because
 * their values are of another application, except files that the user names and that contain no credential (ADR 0015).
 * A password can come from any source.
 */
export function selectIdentity(
  values: readonly SettingValue[],
  strategies: StrategyRegistry,
): { readonly used: readonly SettingValue[]; readonly ignored: readonly IgnoredSetting[] } {
  const selected = kindOfFlag(values);
  const credentials = values.filter(
    (value) =>
      isCredential(value) &&
      value.isSupplementary !== true &&
      !(value.path === 'credential.kind' && value.precedence === precedences.flag) &&
      (selected === undefined || !Object.hasOwn(strategies, selected) || value.kind === selected),
  );
  const [first] = credentials.toSorted((one, other) => one.precedence - other.precedence);
  if (first === undefined) return { used: values, ignored: [] };
  const withCredential = new Set(credentials.map(({ precedence }) => precedence));
  const completes = ({ precedence }: SettingValue): boolean =>
    precedence <= precedences.profile && !withCredential.has(precedence);
  const isUsed = (value: SettingValue): boolean => {
    if (value.precedence <= first.precedence) return true;
    if (isCredential(value)) return value.isSupplementary === true;
    return !identity.has(value.path) || completes(value);
  };
  return {
    used: values.filter(isUsed),
    ignored: values
      .filter((value) => !isUsed(value))
      .map(({ path, source }) => ({ path, source, because: first.source })),
  };
}
