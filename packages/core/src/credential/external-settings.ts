import { cloudByGraphOrigin, clouds } from '../cloud.ts';
import { type GivenSettings, parseSettings } from '../settings/parse-settings.ts';
import type { Settings } from '../settings/settings.ts';
import type { TokenCredential } from './external-credential.ts';

/** What is needed to open a tenant with somebody else's credential, one of `@azure/identity` for example. */
export interface ExternalSettings extends Partial<
  Pick<Settings, 'scopes' | 'graph' | 'proxy' | 'noProxy' | 'caFile' | 'limits'>
> {
  readonly credential: TokenCredential;
  /** For the receipt: the credential alone does not say whose directory it opens. */
  readonly tenant: string;
}

/** What opening a tenant takes beside a credential. */
export type Opened = Pick<
  Settings,
  'tenant' | 'cloud' | 'scopes' | 'graph' | 'proxy' | 'noProxy' | 'caFile' | 'limits'
>;

const defaultLimits = { requestTimeout: 60_000, maxRetryAfter: 300_000 };

/** Whether a credential came along in place of the settings of one. */
export function isExternal(
  settings: Settings | GivenSettings | ExternalSettings,
): settings is ExternalSettings {
  return 'getToken' in settings.credential;
}

/**
 * Settings that can be relied on: those that were not checked are checked now.
 * @throws {SettingsError} with every mistake
 */
export function checkedSettings(
  given: Settings | GivenSettings | ExternalSettings,
): Settings | ExternalSettings {
  return isExternal(given) || 'sources' in given ? given : parseSettings(given);
}

/** With what a tenant of the global cloud has where nothing is said. */
export function completed(settings: ExternalSettings): Opened {
  const graph = settings.graph ?? new URL(`${clouds.global.graph}/v1.0`);
  return {
    ...settings,
    graph,
    cloud: cloudByGraphOrigin(graph.origin) ?? 'custom',
    scopes: settings.scopes ?? [`${graph.origin}/.default`],
    limits: settings.limits ?? defaultLimits,
  };
}
