import type { StrategyRegistry } from '../../credential/strategy.ts';
import type { IssueReport } from '../collect-issues.ts';
import { plainSettings } from '../schema.ts';
import { revealed, type SettingValue } from '../setting-value.ts';
import type { MembersContext } from './members-context.ts';
import type { JsonMember } from './parse-json-document.ts';
import { quickstartKeys, translateQuickstart } from './quickstart.ts';

/** Returns every top-level key of a settings file, in either form; for suggestions. */
export function knownKeys(strategies: StrategyRegistry): readonly string[] {
  return [
    ...Object.keys(plainSettings.shape).filter((key) => key !== '$schema'),
    'credential',
    ...quickstartKeys(strategies).keys(),
    'oidc_authority',
  ];
}

function credentialValues(
  { members, source }: JsonMember,
  { precedence, directory }: MembersContext,
  report: IssueReport,
): readonly SettingValue[] {
  function fail(path: string, origin: string, message: string): readonly SettingValue[] {
    const hint = 'Write "credential": { "kind": "…", … }.';
    report.error({ path, source: origin, message, hint });
    return [];
  }
  if (members === undefined) return fail('credential', source, 'must be an object');
  const kind = members.find(({ key }) => key === 'kind');
  if (kind !== undefined && typeof kind.value !== 'string')
    return fail('credential.kind', kind.source, 'must be a string');
  const context = {
    precedence,
    directory,
    kind: kind?.value as string | undefined,
  };
  if (members.length === 0) return [{ ...context, path: 'credential', value: undefined, source }];
  return members.map((member) => ({
    ...context,
    path: `credential.${member.key}`,
    value: member.value,
    source: member.source,
  }));
}

/** Reports a setting that one file contains under two names, such as `clientId` and `client_id`. */
function rejectDuplicates(values: readonly SettingValue[], report: IssueReport): void {
  const first = new Map<string, SettingValue>();
  for (const value of values) {
    const duplicate = first.get(value.path);
    first.set(value.path, duplicate ?? value);
    // Two credentials of different kinds are reported as such.
    if (duplicate === undefined || duplicate.kind !== value.kind) continue;
    report.error({
      path: value.path,
      source: `${duplicate.source} and ${value.source}`,
      message: 'is set twice',
      hint: 'Remove one of the two.',
    });
  }
}

/** Removes the members that mean "not set": those with null or an empty text. */
function presentMembers(members: readonly JsonMember[]): readonly JsonMember[] {
  return members.flatMap((member) => {
    const value = revealed(member.value);
    if (value === null || value === '') return [];
    return [
      member.members === undefined
        ? member
        : { ...member, members: presentMembers(member.members) },
    ];
  });
}

/** Returns the values of a settings object in either form, or in a mixture, under their names in the native form. */
export function readMembers(
  given: readonly JsonMember[],
  context: MembersContext,
  report: IssueReport,
): readonly SettingValue[] {
  const { precedence, directory, strategies } = context;
  const known = knownKeys(strategies);
  const members = presentMembers(given);
  const { values, others } = translateQuickstart(members, context, report);
  const all = [
    ...values,
    ...others.flatMap((member): readonly SettingValue[] =>
      member.key === 'credential'
        ? credentialValues(member, context, report)
        : [
            {
              path: member.key,
              value: member.value,
              source: known.includes(member.key) ? member.source : member.keySource,
              precedence,
              directory,
            },
          ],
    ),
  ];
  rejectDuplicates(all, report);
  return all;
}
