import { resolve } from 'node:path';

import { strategyOf } from '../credential/create-credential.ts';
import type { TokenCredential } from '../credential/external-credential.ts';
import type { StrategyRegistry } from '../credential/strategy.ts';
import { withHint } from '../errors/remedies.ts';
import { SettingsError, type SettingsIssue } from '../errors/settings-error.ts';
import type { CollectedIssues } from './collect-issues.ts';
import { checkClientId } from './rules/check-client-id.ts';
import { millisecondsOf } from './rules/duration.ts';
import { checkPlainValues } from './rules/check-plain-values.ts';
import { checkProxy } from './rules/check-proxy.ts';
import { credentialValues, resolveCredential } from './rules/resolve-credential.ts';
import { type SelectedKind, selectCredentialKind } from './rules/select-credential-kind.ts';
import { type IgnoredSetting, selectIdentity } from './rules/select-identity.ts';
import { resolveTenantEndpoints } from './rules/endpoints/resolve-tenant-endpoints.ts';
import { checkTokenCache, warnOfUnusableCache } from './rules/check-token-cache.ts';
import { highestPrecedence, type SettingValue, valuesOf } from './setting-value.ts';
import type { CredentialSettings, Settings } from './settings.ts';
import { knownKeys } from './sources/read-members.ts';

const defaults = { requestTimeout: '60s', maxRetryAfter: '5m' } as const;

/** Removes "not set" errors that another error explains: the source could not be read, or its value is invalid. */
export function withoutConsequences(errors: readonly SettingsIssue[]): readonly SettingsIssue[] {
  const reported = new Set(
    errors.filter(({ source }) => source !== undefined).map(({ path }) => path),
  );
  const isExplained = (path: string): boolean =>
    reported.has(path) ||
    reported.has('config') ||
    reported.has('env-file') ||
    (path === 'tenant' && reported.has('authority')) ||
    (path === 'credential' && reported.has('credential.kind'));
  return errors.filter(({ path, source }) => source !== undefined || !isExplained(path));
}

/** Returns the source of each setting that is used; of the credential, only the settings of the selected kind. */
function sourcesOf(
  values: readonly SettingValue[],
  credential: CredentialSettings,
): ReadonlyMap<string, string> {
  const sources = new Map<string, string>();
  for (const path of new Set(values.map((each) => each.path))) {
    const [, key] = path.split('credential.');
    const isUsed = key === undefined || Object.hasOwn(credential, key);
    const best = highestPrecedence(
      valuesOf(values, path).filter(({ kind }) => kind === undefined || kind === credential.kind),
    );
    if (isUsed && best !== undefined) sources.set(path, best.source);
  }
  return sources;
}

/** Adds to a setting that is not set that a source has it, and why the value is not used. */
function explainIgnored(issue: SettingsIssue, ignored: readonly IgnoredSetting[]): SettingsIssue {
  const found = ignored.find(({ path }) => path === issue.path);
  if (issue.source !== undefined || found === undefined) return issue;
  return {
    ...issue,
    message: `${issue.message}; ${found.source} is ignored, because the credential comes from ${found.because}`,
    ...withHint({ code: 'set-in-same-source', hint: issue.hint }),
  };
}

/** Returns the values that another source with higher precedence replaces. */
function overriddenValues(values: readonly SettingValue[]): readonly IgnoredSetting[] {
  return values.flatMap(({ path, source, precedence, kind }) => {
    const best = highestPrecedence(valuesOf(values, path).filter((each) => each.kind === kind));
    return best === undefined || best.precedence === precedence
      ? []
      : [{ path, source, because: best.source }];
  });
}

/** The rest of what settings are resolved from. */
export interface ResolveOptions {
  readonly strategies: StrategyRegistry;
  /** A `TokenCredential` that a program passed in; it replaces the credential of the settings. */
  readonly external?: TokenCredential | undefined;
}

/**
 * Turns the values of all sources into settings.
 * @throws {SettingsError} with every problem, including those already in `report`
 */
export function resolveSettings(
  all: readonly SettingValue[],
  report: CollectedIssues,
  { strategies, external }: ResolveOptions,
): Settings {
  const { used: values, ignored } = selectIdentity(all, strategies);
  const plainValues = values.filter(({ path }) => path.split('.')[0] !== 'credential');
  const { values: plain, valid } = checkPlainValues(plainValues, knownKeys(strategies), report);
  const directoryOf = (path: string): string =>
    highestPrecedence(valuesOf(valid, path))?.directory ?? '';
  const sourceOf = (path: string): string | undefined =>
    highestPrecedence(valuesOf(valid, path))?.source;

  const endpoints = resolveTenantEndpoints(valid, report);
  const selected: SelectedKind =
    external === undefined
      ? selectCredentialKind(credentialValues(values), strategies)
      : { strategy: strategyOf('external') };
  const clientId =
    plain.clientId === undefined && selected.strategy?.clientId === 'optional'
      ? ''
      : checkClientId(plain.clientId, sourceOf('clientId'), report);
  const credential =
    external === undefined
      ? resolveCredential(values, selected, report)
      : { kind: 'external', tokenCredential: external };
  const proxy = checkProxy(plain.proxy, sourceOf('proxy'), report);
  const cacheOrigin = { source: sourceOf('tokenCache'), directory: directoryOf('tokenCache') };
  const tokenCache = checkTokenCache(plain.tokenCache, cacheOrigin, report);
  if (
    report.errors.length > 0 ||
    endpoints === undefined ||
    clientId === undefined ||
    credential === undefined ||
    selected.strategy === undefined
  )
    throw new SettingsError(
      withoutConsequences(report.errors).map((issue) => explainIgnored(issue, ignored)),
    );
  warnOfUnusableCache(tokenCache, selected.strategy, cacheOrigin.source ?? 'default', report);

  return {
    ...endpoints,
    clientId,
    credential,
    proxy,
    noProxy: plain.noProxy,
    caFile: plain.caFile === undefined ? undefined : resolve(directoryOf('caFile'), plain.caFile),
    tokenCache,
    allowWeakPermissions: plain.allowWeakPermissions ?? false,
    limits: {
      deadline: plain.deadline === undefined ? undefined : millisecondsOf(plain.deadline),
      requestTimeout: millisecondsOf(plain.requestTimeout ?? defaults.requestTimeout),
      maxRetryAfter: millisecondsOf(plain.maxRetryAfter ?? defaults.maxRetryAfter),
    },
    warnings: report.warnings,
    ignored: [...ignored, ...overriddenValues(values)],
    sources: sourcesOf(values, credential),
  };
}
