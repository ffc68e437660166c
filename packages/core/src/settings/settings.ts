import type { CloudName } from '../cloud.ts';
import type { SettingsWarning } from '../errors/settings-error.ts';
import type { UserQuery } from '../query/user-query.ts';
import type { Secret } from '../secret.ts';
import type { IgnoredSetting } from './rules/select-identity.ts';
import type { TokenCacheSettings } from '../store/open-store.ts';

/** The settings of one credential strategy, checked by the strategy. */
export interface CredentialSettings {
  readonly kind: string;
  readonly [setting: string]: unknown;
}

/** Time limits, in milliseconds. */
export interface Limits {
  /** Of a whole operation, including sign-in and all pages; unlimited when absent. */
  readonly deadline?: number | undefined;
  /** Of one attempt of one request, including its body. */
  readonly requestTimeout: number;
  /** The longest `Retry-After` to wait for; an operation fails when the service asks for more. */
  readonly maxRetryAfter: number;
}

/** Checked settings: complete and without placeholders or contradictions. */
export interface Settings {
  /** A GUID in lower case, or a domain of the tenant. */
  readonly tenant: string;
  /** The cloud of the Graph root; `custom` when it belongs to no cloud, such as the sandbox. */
  readonly cloud: CloudName | 'custom';
  /** Login host and tenant without a trailing slash: `https://login.microsoftonline.com/<tenant>`. */
  readonly authority: URL;
  /**
   * `oidc`: the endpoints are read from `<authority>/.well-known/openid-configuration` (custom domains of External
   * ID).
   */
  readonly protocol: 'entra' | 'oidc';
  /** A GUID in lower case; empty when only the platform knows the application (managed identity, `auto`). */
  readonly clientId: string;
  readonly scopes: readonly string[];
  /** The Graph root with its version and without a trailing slash: `https://graph.microsoft.com/v1.0`. */
  readonly graph: URL;
  /** The query of the quickstart's `endpoint`: the default query of list, page and count. */
  readonly query?: UserQuery | undefined;
  readonly credential: CredentialSettings;
  /** The proxy URL for sign-in and Graph; can contain a password. */
  readonly proxy?: Secret | undefined;
  /** Hosts that are reached without the proxy, in the form of `NO_PROXY`. */
  readonly noProxy?: string | undefined;
  /** Absolute path of a PEM file with additional CA certificates. */
  readonly caFile?: string | undefined;
  readonly tokenCache: TokenCacheSettings;
  /** Whether key and secret files that other users can read are accepted. */
  readonly allowWeakPermissions: boolean;
  readonly limits: Limits;
  /** Problems that do not prevent the use of the settings. */
  readonly warnings: readonly SettingsWarning[];
  /** Values of sources that are not used, because another source replaces them or supplies the credential. */
  readonly ignored: readonly IgnoredSetting[];
  /** Setting (dotted path in the native form) to the source of its value: `--tenant`, `parameters.json:3:17` … */
  readonly sources: ReadonlyMap<string, string>;
}
