import { resolve } from 'node:path';

import type { TokenCredential } from '../credential/external-credential.ts';
import { SettingsError, type SettingsIssue } from '../errors/settings-error.ts';
import { type SettingValue, highestPrecedence, valuesOf } from './setting-value.ts';
import type { CollectedReport } from './report.ts';
import { checkClientId } from './rules/client-id.ts';
import { resolveCredential } from './rules/credential.ts';
import { millisecondsOf } from './rules/duration.ts';
import { resolvePlace } from './rules/place.ts';
import { checkPlainValues } from './rules/plain-values.ts';
import { checkProxy } from './rules/proxy.ts';
import { checkTokenCache, warnOfUnsealable } from './rules/token-cache.ts';
import { plainSettings } from './schema.ts';
import type { CredentialSettings, Settings } from './settings.ts';
import { quickstartKeys } from './sources/quickstart.ts';

/** Every key that a settings file may begin with, in either form; for suggestions. */
export const knownKeys: readonly string[] = [
  ...Object.keys(plainSettings.shape).filter((key) => key !== '$schema'),
  'credential',
  ...Object.keys(quickstartKeys),
  'oidc_authority',
];

const defaults = { requestTimeout: '60s', maxRetryAfter: '5m' } as const;

/** A setting is missing for no other reason than that nobody gave it: not in a source that could not be read, not wrongly. */
function worthTelling(mistakes: readonly SettingsIssue[]): readonly SettingsIssue[] {
  const told = new Set(
    mistakes.filter(({ source }) => source !== 'nowhere').map(({ path }) => path),
  );
  const explains = (path: string): boolean =>
    told.has(path) ||
    told.has('config') ||
    told.has('env-file') ||
    (path === 'tenant' && told.has('authority')) ||
    (path === 'credential' && told.has('credential.kind'));
  return mistakes.filter(({ path, source }) => source !== 'nowhere' || !explains(path));
}

/** Kinds by which the platform may say which application it is. */
const namedByPlatform: ReadonlySet<unknown> = new Set(['managed-identity', 'auto']);

/** Whether the highestPrecedence word on the credential is one whose application only Azure may know. */
function isNamedByPlatform(found: readonly SettingValue[]): boolean {
  return namedByPlatform.has(highestPrecedence(valuesOf(found, 'credential.kind'))?.value);
}

/** Where each setting that counts came from; of the credential, only what belongs to the chosen kind. */
function sourcesOf(
  found: readonly SettingValue[],
  credential: CredentialSettings | undefined,
): ReadonlyMap<string, string> {
  const sources = new Map<string, string>();
  for (const path of new Set(found.map((each) => each.path))) {
    const [, key] = path.split('credential.');
    const isOurs =
      key === undefined || (credential !== undefined && Object.hasOwn(credential, key));
    const best = highestPrecedence(
      valuesOf(found, path).filter(({ kind }) => kind === undefined || kind === credential?.kind),
    );
    if (isOurs && best !== undefined) sources.set(path, best.source);
  }
  return sources;
}

/**
 * Makes settings of what the sources said, or one error of all that is wrong with it.
 * @param external a `TokenCredential` that a program passed in, which replaces the credential of the settings
 * @throws {SettingsError} with every problem, those already in `report` included
 */
export function resolveSettings(
  found: readonly SettingValue[],
  report: CollectedReport,
  external?: TokenCredential,
): Settings {
  const plain = found.filter(({ path }) => path.split('.')[0] !== 'credential');
  const { values, sound } = checkPlainValues(plain, knownKeys, report);
  const folderOf = (path: string): string => highestPrecedence(valuesOf(sound, path))?.folder ?? '';
  const sourceOf = (path: string): string =>
    highestPrecedence(valuesOf(sound, path))?.source ?? 'nowhere';

  const place = resolvePlace(sound, report);
  const clientId =
    values.clientId === undefined && (external !== undefined || isNamedByPlatform(found))
      ? ''
      : checkClientId(values.clientId, sourceOf('clientId'), report);
  const credential =
    external === undefined
      ? resolveCredential(found, report)
      : { kind: 'external', tokenCredential: external };
  const proxy = checkProxy(values.proxy, sourceOf('proxy'), report);
  const cacheOrigin = { source: sourceOf('tokenCache'), folder: folderOf('tokenCache') };
  const tokenCache = checkTokenCache(values.tokenCache, cacheOrigin, report);
  if (
    report.mistakes.length > 0 ||
    place === undefined ||
    clientId === undefined ||
    credential === undefined
  )
    throw new SettingsError(worthTelling(report.mistakes));
  warnOfUnsealable(tokenCache, credential, cacheOrigin.source, report);

  return {
    ...place,
    clientId,
    credential,
    proxy,
    noProxy: values.noProxy,
    caFile: values.caFile === undefined ? undefined : resolve(folderOf('caFile'), values.caFile),
    tokenCache,
    allowWeakPermissions: values.allowWeakPermissions ?? false,
    limits: {
      deadline: values.deadline === undefined ? undefined : millisecondsOf(values.deadline),
      requestTimeout: millisecondsOf(values.requestTimeout ?? defaults.requestTimeout),
      maxRetryAfter: millisecondsOf(values.maxRetryAfter ?? defaults.maxRetryAfter),
    },
    warnings: report.warnings,
    sources: sourcesOf(found, credential),
  };
}
