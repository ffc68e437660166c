import { type SettingValue, ranks } from '../setting-value.ts';
import type { Report } from '../report.ts';
import type { JsonMember } from './json-document.ts';
import { translateQuickstart } from './quickstart.ts';

function credentialValues(
  member: JsonMember,
  folder: string,
  report: Report,
): readonly SettingValue[] {
  const { members, source } = member;
  const complain = (path: string, where: string, message: string): readonly SettingValue[] => {
    const hint = 'Write "credential": { "kind": …, and what that kind needs }.';
    report.mistake({ path, source: where, message, hint });
    return [];
  };
  if (members === undefined) return complain('credential', source, 'must be an object');
  const kind = members.find(({ key }) => key === 'kind');
  if (kind !== undefined && typeof kind.value !== 'string')
    return complain('credential.kind', kind.source, 'must be text');
  const found = { rank: ranks.file, folder, kind: kind?.value as string | undefined };
  if (members.length === 0) return [{ ...found, path: 'credential', value: undefined, source }];
  return members.map(({ key, value, source: valueSource }) =>
    Object.assign({ path: `credential.${key}`, value, source: valueSource }, found),
  );
}

/** Tells of a setting that one file gives under two names, `clientId` and `client_id`. */
function refuseTwins(found: readonly SettingValue[], report: Report): void {
  const first = new Map<string, SettingValue>();
  for (const each of found) {
    const twin = first.get(each.path);
    first.set(each.path, twin ?? each);
    // Of two credentials the kinds are compared, not the keys.
    if (twin === undefined || twin.kind !== each.kind) continue;
    const source = `${twin.source} and ${each.source}`;
    report.mistake({
      path: each.path,
      source,
      message: 'is given twice',
      hint: 'Keep one of the two.',
    });
  }
}

/** What the members of a settings object say, in either form or a mixture, under the names of the native form. */
export function readMembers(
  members: readonly JsonMember[],
  folder: string,
  known: readonly string[],
  report: Report,
): readonly SettingValue[] {
  const { found: translated, others } = translateQuickstart(members, folder, report);
  const found = [
    ...translated,
    ...others.flatMap((member) =>
      member.key === 'credential'
        ? credentialValues(member, folder, report)
        : [
            {
              path: member.key,
              value: member.value,
              source: known.includes(member.key) ? member.source : member.keySource,
              rank: ranks.file,
              folder,
            },
          ],
    ),
  ];
  refuseTwins(found, report);
  return found;
}
