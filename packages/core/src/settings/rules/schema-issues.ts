import type { z } from 'zod';

import type { SettingsIssue } from '../../errors/settings-error.ts';
import { withHint } from '../../errors/remedies.ts';
import { nearestName } from '../../nearest-name.ts';

const listSettings = withHint({ code: 'list-settings' });

/** What is needed to turn issues of a schema into settings issues. */
export interface SchemaContext {
  /** The start of every path: `credential`, or absent. */
  readonly prefix?: string | undefined;
  /** Keys to suggest for a mistyped one. */
  readonly names: readonly string[];
  /** Returns the source of the value at a path of the schema. */
  sourceOf(path: string): string | undefined;
}

/** Returns a key without control characters and at a limited length: an unknown key can contain anything. */
function shown(key: string): string {
  if (key.trim() === '') return '""';
  const printable = key.replace(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, '?');
  return printable.length > 40 ? `${printable.slice(0, 40)}…` : printable;
}

/** Names of other programs, such as those that `az ad sp create-for-rbac` prints, without punctuation. */
const otherNames: ReadonlyMap<string, string> = new Map([
  ['clientsecret', 'credential.secret'],
  ['password', 'credential.secret'],
  ['appid', 'clientId'],
  ['applicationid', 'clientId'],
  ['tenantid', 'tenant'],
  ['directoryid', 'tenant'],
  ['certificatepath', 'credential.file'],
  ['clientcertificatepath', 'credential.file'],
  ['certificatepassword', 'credential.password'],
]);

/** Returns the setting that a name of another program means, as it is written at this place. */
function translatedName(key: string, { prefix, names }: SchemaContext): string | undefined {
  const name = otherNames.get(key.replace(/[^a-z]/giu, '').toLowerCase());
  const inPlace = prefix === undefined ? name : name?.split(`${prefix}.`)[1];
  const [first = ''] = inPlace?.split('.') ?? [];
  return names.includes(first) ? inPlace : undefined;
}

function unknownKey(
  key: string,
  path: string,
  context: SchemaContext,
): Omit<SettingsIssue, 'path'> {
  const nearest = translatedName(key, context) ?? nearestName(key, context.names);
  return {
    source: context.sourceOf(path),
    message: `unknown setting ${shown(key)}`,
    ...(nearest === undefined ? listSettings : { hint: `Did you mean ${nearest}?` }),
  };
}

function dotted(...parts: readonly PropertyKey[]): string {
  return parts.map(String).join('.');
}

/** Returns the message of the schema, or a shorter form of zod's own messages. None of them contains the value. */
function messageOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'too_small' && issue.origin === 'string') return 'is empty';
  return issue.message.replace(/^Invalid input: expected (\w+).*$/u, 'must be a $1');
}

/** Returns the issues of a schema as settings issues. They do not contain values. */
export function schemaIssues(error: z.ZodError, context: SchemaContext): readonly SettingsIssue[] {
  const full = (path: string): string =>
    [context.prefix, path].filter((part) => part !== undefined && part !== '').join('.');
  return error.issues.flatMap((issue): readonly SettingsIssue[] => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => {
        const path = dotted(...issue.path, key);
        return { path: full(shown(path)), ...unknownKey(key, path, context) };
      });
    }
    const path = dotted(...issue.path);
    const source = context.sourceOf(path);
    const choices = issue.code === 'invalid_value' ? issue.values.map(String) : [];
    const nearest = typeof issue.input === 'string' ? nearestName(issue.input, choices) : undefined;
    const hint = nearest === undefined ? listSettings : { hint: `Did you mean ${nearest}?` };
    return [{ path: full(path), source, message: messageOf(issue), ...hint }];
  });
}
