import type { z } from 'zod';

import { isTokenCredential, type TokenCredential } from '../credential/external-credential.ts';
import type { strategies, StrategyKind } from '../credential/strategies.ts';
import { Secret } from '../secret.ts';
import { collectReport } from './report.ts';
import { knownKeys, resolveSettings } from './resolve-settings.ts';
import type { plainSettings } from './schema.ts';
import type { Settings } from './settings.ts';
import type { JsonMember } from './sources/json-document.ts';
import { readMembers } from './sources/members.ts';

type Given<Kind extends StrategyKind> = z.input<(typeof strategies)[Kind]['settings']>;

/** A strategy's own settings as a program gives them: wherever text goes, a secret may be sealed already. */
type GivenCredential<Kind extends StrategyKind> = {
  readonly [Key in keyof Given<Kind>]: string extends Given<Kind>[Key]
    ? Given<Kind>[Key] | Secret
    : Given<Kind>[Key];
} & { readonly kind: Kind };

/** The native form as a program passes it: with one of our credentials, or with any `TokenCredential`. */
export type GivenSettings = Omit<z.input<typeof plainSettings>, '$schema' | 'graph'> & {
  readonly graph?: string | URL | undefined;
  readonly credential:
    | { [Kind in StrategyKind]: GivenCredential<Kind> }[StrategyKind]
    | TokenCredential;
};

/** Deep enough for every setting; whatever hangs below is no setting and is not looked at. */
const maximumDepth = 4;

function plainValue(given: unknown): unknown {
  if (given instanceof Secret) return given.reveal();
  return given instanceof URL ? given.href : given;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function membersOf(
  object: Readonly<Record<string, unknown>>,
  path: string,
  depth: number,
): readonly JsonMember[] {
  return Object.entries(object).flatMap(([key, given]) => {
    if (given === undefined) return [];
    const value = plainValue(given);
    const source = `${path}.${key}`;
    const members = isRecord(value) && depth > 0 ? membersOf(value, source, depth - 1) : undefined;
    return [{ key, value, keySource: source, source, members }];
  });
}

/**
 * Checks settings that a program passes as a plain object, in the native form or the quickstart's; a secret is text or a
 * {@link Secret}, and `credential` can be a `TokenCredential` of another library. No environment variable and no file is
 * read; relative paths start from the working directory.
 * @throws {SettingsError} with every problem
 *
 * @example
 * const settings = parseSettings({
 *   tenant: 'contoso.com',
 *   clientId: '11111111-2222-3333-4444-555555555555',
 *   credential: { kind: 'client-secret', secret },
 * });
 */
export function parseSettings(plain: GivenSettings): Settings {
  const report = collectReport();
  const given: unknown = plain;
  if (!isRecord(given)) {
    report.mistake({
      path: 'settings',
      source: 'settings',
      message: 'must be an object',
      hint: 'Pass an object with tenant, clientId and credential.',
    });
    return resolveSettings([], report);
  }
  const { credential, ...others } = given;
  const external = isTokenCredential(credential) ? credential : undefined;
  const members = membersOf(external === undefined ? given : others, 'settings', maximumDepth);
  const values = readMembers(members, process.cwd(), knownKeys, report);
  return resolveSettings(values, report, external);
}
