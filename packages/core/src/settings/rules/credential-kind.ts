import { strategies } from '../../credential/strategies.ts';
import { type SettingValue, ranks } from '../setting-value.ts';
import type { Report } from '../report.ts';
import { nearestName } from '../../nearest-name.ts';

const kinds = Object.keys(strategies);

/** The kinds that any source speaks of, each with the first value that does. */
function meantKinds(found: readonly SettingValue[]): ReadonlyMap<string, SettingValue> {
  const meant = new Map<string, SettingValue>();
  const chooses = found.some(({ kind }) => kind === 'auto');
  for (const each of found) {
    // What the environment offers is what `auto` chooses from, not its rival.
    const isOffered = each.rank === ranks.environment || each.rank === ranks.ambient;
    if (chooses && each.kind !== 'auto' && isOffered) continue;
    if (each.kind !== undefined && each.accessory !== true && !meant.has(each.kind))
      meant.set(each.kind, each);
  }
  return meant;
}

function tellRivals(meant: ReadonlyMap<string, SettingValue>, report: Report): undefined {
  const given = Array.from(meant.keys(), (kind) =>
    kinds.includes(kind) ? kind : 'an unknown kind',
  );
  report.mistake({
    path: 'credential',
    source: Array.from(meant.values(), ({ source }) => source).join(' and '),
    message: `${meant.size} credentials are given: ${given.join(' and ')}`,
    hint: 'Remove all but one, or say which to use with --credential.',
  });
}

function tellNone(kindless: SettingValue | undefined, report: Report): undefined {
  report.mistake({
    path: 'credential',
    source: kindless?.source ?? 'nowhere',
    message:
      kindless === undefined ? 'no credential is given' : 'the kind of the credential is not given',
    hint:
      kindless === undefined
        ? 'Give AZURE_CLIENT_SECRET, --secret-file or --certificate, or write credential into the settings file.'
        : `Add "kind": one of ${kinds.join(', ')}.`,
  });
}

/**
 * Which kind of credential is meant: the one that a flag names, or the only one that the sources speak of. Two
 * at once are a mistake whatever their sources, because which of them was meant cannot be known.
 */
export function chooseCredentialKind(
  found: readonly SettingValue[],
  report: Report,
): keyof typeof strategies | undefined {
  const flag = found.find(({ path, rank }) => path === 'credential.kind' && rank === ranks.flag);
  const meant = meantKinds(found);
  if (flag === undefined && meant.size > 1) return tellRivals(meant, report);
  const [first] = meant;
  const [kind, by] = flag === undefined ? (first ?? []) : [String(flag.value), flag];
  if (kind === undefined)
    return tellNone(
      found.find((each) => each.kind === undefined),
      report,
    );
  if (Object.hasOwn(strategies, kind)) return kind as keyof typeof strategies;
  const nearest = nearestName(kind, kinds);
  report.mistake({
    path: 'credential.kind',
    source: by?.source ?? 'nowhere',
    message: 'is no kind of credential',
    hint: nearest === undefined ? `There are ${kinds.join(', ')}.` : `Did you mean ${nearest}?`,
  });
  return undefined;
}
