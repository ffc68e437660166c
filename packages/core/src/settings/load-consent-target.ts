import type { ConsentTarget } from '../credential/admin-consent-url.ts';
import { strategies } from '../credential/strategies.ts';
import { SettingsError } from '../errors/settings-error.ts';
import { checkLoadOptions } from './check-load-options.ts';
import { collectIssues } from './collect-issues.ts';
import type { LoadOptions } from './load-options.ts';
import { readSources } from './load-settings.ts';
import { withoutConsequences } from './resolve-settings.ts';
import { checkClientId } from './rules/check-client-id.ts';
import { checkPlainValues } from './rules/check-plain-values.ts';
import { resolveTenantEndpoints } from './rules/endpoints/resolve-tenant-endpoints.ts';
import { selectIdentity } from './rules/select-identity.ts';
import { highestPrecedence, valuesOf } from './setting-value.ts';
import { knownKeys } from './sources/read-members.ts';

/** The settings that the consent URL is made of. */
const needed: ReadonlySet<string> = new Set([
  'config',
  'profile',
  'env-file',
  'tenant',
  'cloud',
  'authority',
  'protocol',
  'clientId',
]);

/** Loads the tenant and the application of the settings; see `loadConsentTarget` of library.ts. */
export async function loadConsentTarget(options: LoadOptions = {}): Promise<ConsentTarget> {
  checkLoadOptions(options);
  const report = collectIssues();
  const { used } = selectIdentity(await readSources(options, strategies, report), strategies);
  const values = used.filter(({ path }) => needed.has(path));
  const { values: plain, valid } = checkPlainValues(values, knownKeys(strategies), report);
  const endpoints = resolveTenantEndpoints(valid, report);
  const source = highestPrecedence(valuesOf(valid, 'clientId'))?.source;
  const clientId = checkClientId(plain.clientId, source, report);
  // The rest of the settings, above all the credential, can be missing or invalid, because no one signs in.
  const errors = report.errors.filter(({ path }) => needed.has(path));
  if (errors.length > 0 || endpoints === undefined || clientId === undefined)
    throw new SettingsError(withoutConsequences(errors));
  return { tenant: endpoints.tenant, authority: endpoints.authority, clientId };
}
