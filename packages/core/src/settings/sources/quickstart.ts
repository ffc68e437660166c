import { type SettingValue, ranks } from '../setting-value.ts';
import type { Report } from '../report.ts';
import { holdsPlaceholder } from '../rules/placeholder.ts';
import type { JsonMember } from './json-document.ts';

const secret = { kind: 'client-secret' };
const certificate = { kind: 'client-certificate' };

/** What a key of the quickstart's `parameters.json` is in the native form. */
interface Translation {
  readonly path: string;
  readonly kind?: string;
  readonly accessory?: boolean;
  readonly read?: (value: unknown) => unknown;
}

function withoutColons(value: unknown): unknown {
  return typeof value === 'string' && /^[0-9a-f: ]+$/iu.test(value)
    ? value.replace(/[: ]/gu, '')
    : value;
}

/**
 * The keys that only the quickstart has. `authority` and `scope` are named alike in both forms;
 * `oidc_authority` is told apart below, and `note` is the sample's own comment.
 */
export const quickstartKeys: Readonly<Record<string, Translation>> = {
  client_id: { path: 'clientId' },
  endpoint: { path: 'graph' },
  secret: { path: 'credential.secret', ...secret },
  thumbprint: { path: 'credential.thumbprint', ...certificate, read: withoutColons },
  private_key_file: { path: 'credential.file', ...certificate },
  passphrase: { path: 'credential.password', ...certificate, accessory: true },
  public_certificate: { path: 'credential.certificate', ...certificate, accessory: true },
};

const ignored: ReadonlySet<string> = new Set(['note']);

function isUnfilled({ value }: JsonMember): boolean {
  return typeof value === 'string' && holdsPlaceholder(value);
}

/** Of `authority` and `oidc_authority` the one that counts; the quickstart says to set the other to null. */
function chooseAuthority(members: readonly JsonMember[], report: Report): JsonMember | undefined {
  const [first, second] = members.filter(
    ({ key, value }) => (key === 'authority' || key === 'oidc_authority') && value !== null,
  );
  if (first === undefined || second === undefined) return first;
  const [kept, other] =
    isUnfilled(first) && !isUnfilled(second) ? [second, first] : [first, second];
  const hint = `Keep ${kept.key} and set ${other.key} to null, or the other way round.`;
  const message = isUnfilled(other)
    ? `${other.key} still holds the sample's placeholder, beside ${kept.key}`
    : `${first.key} and ${second.key} are both given`;
  const source = `${other.key} at ${other.source}`;
  report.mistake({ path: 'authority', source, message, hint });
  return kept;
}

function translateOne(member: JsonMember, folder: string): readonly SettingValue[] {
  const { key, value, source } = member;
  const translation = Object.hasOwn(quickstartKeys, key) ? quickstartKeys[key] : undefined;
  if (translation === undefined) return [];
  const { path, kind, accessory, read } = translation;
  const found = { rank: ranks.file, folder, kind, accessory, source: `${key} at ${source}` };
  const translated = { ...found, path, value: read === undefined ? value : read(value) };
  if (key !== 'public_certificate') return [translated];
  // MSAL takes the certificate's text here and then sends the chain along; people give a file's name as well.
  const isText = typeof value === 'string' && value.includes('-----BEGIN');
  return [
    { ...translated, path: isText ? path : 'credential.certificateFile' },
    { ...found, path: 'credential.sendChain', value: true },
  ];
}

/** The members that the quickstart's form names differently, under the names of the native form; and the others, untouched. */
export function translateQuickstart(
  members: readonly JsonMember[],
  folder: string,
  report: Report,
): { readonly found: readonly SettingValue[]; readonly others: readonly JsonMember[] } {
  const authority = chooseAuthority(members, report);
  const oidc =
    authority?.key === 'oidc_authority'
      ? [
          { path: 'authority', value: authority.value },
          { path: 'protocol', value: 'oidc' },
        ].map((each) =>
          Object.assign(each, {
            source: `oidc_authority at ${authority.source}`,
            rank: ranks.file,
            folder,
          }),
        )
      : [];
  return {
    found: [...oidc, ...members.flatMap((member) => translateOne(member, folder))],
    others: members.filter(
      ({ key, value }) =>
        !Object.hasOwn(quickstartKeys, key) &&
        !ignored.has(key) &&
        key !== 'oidc_authority' &&
        !(key === 'authority' && (value === null || authority?.key !== 'authority')),
    ),
  };
}
