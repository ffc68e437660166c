import type { z } from 'zod';

import type { GivenStrategySettings } from '../credential/credential-setting.ts';
import { isTokenCredential, type TokenCredential } from '../credential/external-credential.ts';
import { strategies as builtIn, type StrategyKind } from '../credential/strategies.ts';
import type { StrategyRegistry } from '../credential/strategy.ts';
import { Secret } from '../secret.ts';
import { collectIssues } from './collect-issues.ts';
import { createSealer } from './create-sealer.ts';
import { resolveSettings } from './resolve-settings.ts';
import type { plainSettings, SealedSetting } from './schema.ts';
import { precedences, type Sealer } from './setting-value.ts';
import type { Settings } from './settings.ts';
import type { JsonMember } from './sources/parse-json-document.ts';
import { readMembers } from './sources/read-members.ts';

type GivenCredential<Kind extends StrategyKind> = GivenStrategySettings<
  (typeof builtIn)[Kind]['settings']
> & { readonly kind: Kind };

/**
 * The native form as a program passes it: a secret is text or a `Secret`, and the credential can be a
 * `TokenCredential`.
 */
export type GivenSettings = Omit<
  z.input<typeof plainSettings>,
  '$schema' | 'graph' | SealedSetting
> & {
  readonly [Name in SealedSetting]?: string | Secret | undefined;
} & {
  readonly graph?: string | URL | undefined;
  readonly credential:
    | { [Kind in StrategyKind]: GivenCredential<Kind> }[StrategyKind]
    | TokenCredential;
};

/** Deeper than any setting; objects below it are not read. */
const maximumDepth = 4;

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Returns the members of an object that a program passed in, each value sealed unless it is known not to be secret.
 */
export function membersOfObject(
  object: Readonly<Record<string, unknown>>,
  seal: Sealer,
  prefix = '',
  depth = maximumDepth,
): readonly JsonMember[] {
  return Object.entries(object).flatMap(([key, given]) => {
    if (given === undefined) return [];
    const path = `${prefix}${key}`;
    const value = given instanceof URL ? given.href : given;
    const isObject = isRecord(value) && !(value instanceof Secret);
    const members =
      isObject && depth > 0 ? membersOfObject(value, seal, `${path}.`, depth - 1) : undefined;
    const source = `settings.${path}`;
    return [{ key, value: seal(path, value), keySource: source, source, members }];
  });
}

/** Checks settings whose credential is one of `strategies`; otherwise the same as {@link parseSettings}. */
export function parseSettingsWith(strategies: StrategyRegistry, given: unknown): Settings {
  const report = collectIssues();
  if (!isRecord(given)) {
    report.error({
      path: 'settings',
      source: 'settings',
      message: 'must be an object',
      hint: 'Pass an object with tenant, clientId and credential.',
    });
    return resolveSettings([], report, { strategies });
  }
  const { credential, ...others } = given;
  const external = isTokenCredential(credential) ? credential : undefined;
  const object = external === undefined ? given : others;
  const members = membersOfObject(object, createSealer(strategies));
  const context = { precedence: precedences.configFile, directory: process.cwd(), strategies };
  const values = readMembers(members, context, report);
  return resolveSettings(values, report, { strategies, external });
}

/** Checks settings that a program passes; see `parseSettings` of library.ts. */
export function parseSettings(plain: GivenSettings): Settings {
  return parseSettingsWith(builtIn, plain);
}
