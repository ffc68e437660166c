import type { CloudName } from './cloud.ts';
import { adminConsentUrl } from './credential/admin-consent-url.ts';
import type { UserQuery } from './query/user-query.ts';
import type { Secret } from './secret.ts';
import type { CredentialSettings, Limits, Settings } from './settings/settings.ts';
import type { TokenCacheSettings } from './store/open-store.ts';

/** How hosts are reached. */
export interface Network {
  /** URL of the proxy for sign-in and Graph; can contain a password. */
  readonly proxy?: Secret | undefined;
  /** Hosts that are reached without the proxy, in the form of `NO_PROXY`. */
  readonly noProxy?: string | undefined;
  /** Absolute path of a PEM file with additional CA certificates. */
  readonly caFile?: string | undefined;
}

/** The registration that signs in. */
export interface Application {
  /** A GUID in lower case. */
  readonly clientId: string;
  /** Where an administrator of the tenant consents to the application's permissions. */
  readonly adminConsentUrl: string;
}

/**
 * Everything that core needs to know about one tenant once the settings are checked. It is the only form of settings
 * behind `openDirectory`: loaded settings, plain settings and an external `TokenCredential` all become a connection,
 * and no later code asks which of them it was.
 */
export interface Connection {
  /** A GUID in lower case, or a domain of the tenant. */
  readonly tenant: string;
  readonly cloud: CloudName | 'custom';
  /** The Graph root with its version and without a trailing slash. */
  readonly graph: URL;
  readonly scopes: readonly string[];
  /** The default query of list, page and count: the query of the settings' `endpoint`. */
  readonly query?: UserQuery | undefined;
  readonly limits: Limits;
  readonly network: Network;
  /** Login host and tenant, without a trailing slash. */
  readonly authority: URL;
  readonly protocol: Settings['protocol'];
  /** Undefined when only the platform or an external credential knows the application. */
  readonly application?: Application | undefined;
  readonly credential: CredentialSettings;
  readonly tokenCache: TokenCacheSettings;
  readonly allowWeakPermissions: boolean;
  /** Setting (dotted path) to the source of its value, for messages. */
  readonly sources: ReadonlyMap<string, string>;
}

/** Turns checked settings into a connection. */
export function toConnection(settings: Settings): Connection {
  const { clientId, proxy, noProxy, caFile, warnings: _, ...rest } = settings;
  return {
    ...rest,
    network: { proxy, noProxy, caFile },
    application:
      clientId === '' ? undefined : { clientId, adminConsentUrl: adminConsentUrl(settings).href },
  };
}
