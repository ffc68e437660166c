import type { StrategyRegistry } from '../../credential/strategy.ts';
import type { IssueReport } from '../collect-issues.ts';
import { holdsPlaceholder } from '../rules/placeholder.ts';
import type { SettingValue } from '../setting-value.ts';
import type { MembersContext } from './members-context.ts';
import type { JsonMember } from './parse-json-document.ts';

/** The setting that a key of the quickstart's `parameters.json` means. */
export interface QuickstartTarget {
  readonly path: string;
  readonly kind?: string | undefined;
  readonly isSupplementary?: boolean | undefined;
  /** The settings of the strategy that the value means, when it is not the value of `path` alone. */
  readonly translate?: ((value: unknown) => Readonly<Record<string, unknown>>) | undefined;
}

/**
 * Returns the keys that only the quickstart has. `authority` and `scope` have the same names in both forms, and
 * `oidc_authority` depends on `authority`.
 */
export function quickstartKeys(
  strategies: StrategyRegistry,
): ReadonlyMap<string, QuickstartTarget> {
  const ofStrategies = Object.values(strategies).flatMap(({ kind, settings }) =>
    Object.entries(settings).flatMap(
      ([name, { quickstart, isSupplementary }]): readonly [string, QuickstartTarget][] => {
        if (quickstart === undefined) return [];
        const { key, ...target } = quickstart;
        return [[key, { ...target, path: `credential.${name}`, kind, isSupplementary }]];
      },
    ),
  );
  return new Map<string, QuickstartTarget>([
    ['client_id', { path: 'clientId' }],
    ['endpoint', { path: 'graph' }],
    ...ofStrategies,
  ]);
}

/** The comment of the sample, in a key of its own. */
const ignoredKeys: ReadonlySet<string> = new Set(['note']);

function isPlaceholder({ value }: JsonMember): boolean {
  return typeof value === 'string' && holdsPlaceholder(value);
}

/**
 * Returns the member that is used, of `authority` and `oidc_authority`; the sample says to set the other one to null.
 */
function selectAuthority(
  members: readonly JsonMember[],
  report: IssueReport,
): JsonMember | undefined {
  const [first, second] = members.filter(
    ({ key, value }) => (key === 'authority' || key === 'oidc_authority') && value !== null,
  );
  if (first === undefined || second === undefined) return first;
  const [used, other] =
    isPlaceholder(first) && !isPlaceholder(second) ? [second, first] : [first, second];
  report.error({
    path: 'authority',
    source: `${other.key} at ${other.source}`,
    message: isPlaceholder(other)
      ? `${other.key} contains a placeholder, and ${used.key} is set`
      : `${first.key} and ${second.key} cannot be used together`,
    hint: `Set ${other.key} to null to use ${used.key}, or the other way round.`,
  });
  return used;
}

function oidcValues(
  member: JsonMember,
  { precedence, directory }: MembersContext,
): readonly SettingValue[] {
  const source = `oidc_authority at ${member.source}`;
  const context = { source, precedence, directory };
  return [
    { ...context, path: 'authority', value: member.value },
    { ...context, path: 'protocol', value: 'oidc' },
  ];
}

function valuesOfMember(
  { key, value, source }: JsonMember,
  target: QuickstartTarget,
  { precedence, directory }: MembersContext,
): readonly SettingValue[] {
  const { path, kind, isSupplementary } = target;
  const context = {
    precedence,
    directory,
    kind,
    isSupplementary,
    source: `${key} at ${source}`,
  };
  if (target.translate === undefined) return [{ ...context, path, value }];
  return Object.entries(target.translate(value)).map(([name, translated]) =>
    Object.assign({ path: `credential.${name}`, value: translated }, context),
  );
}

/** Returns the values of the members whose keys only the quickstart has, and the other members unchanged. */
export function translateQuickstart(
  members: readonly JsonMember[],
  context: MembersContext,
  report: IssueReport,
): { readonly values: readonly SettingValue[]; readonly others: readonly JsonMember[] } {
  const keys = quickstartKeys(context.strategies);
  const authority = selectAuthority(members, report);
  const values = members.flatMap((member) => {
    const target = keys.get(member.key);
    return target === undefined ? [] : valuesOfMember(member, target, context);
  });
  return {
    values:
      authority?.key === 'oidc_authority' ? [...oidcValues(authority, context), ...values] : values,
    others: members.filter(
      ({ key, value }) =>
        !keys.has(key) &&
        !ignoredKeys.has(key) &&
        key !== 'oidc_authority' &&
        !(key === 'authority' && (value === null || authority?.key !== 'authority')),
    ),
  };
}
