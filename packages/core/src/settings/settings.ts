import type { CloudName } from '../cloud.ts';
import type { SettingsIssue } from '../errors/settings-error.ts';
import type { UserQuery } from '../query/user-query.ts';
import type { Secret } from '../secret.ts';
import type { TokenCacheSettings } from '../store/open-store.ts';

/** What a credential strategy is built from: its own keys, checked by its own schema. */
export interface CredentialSettings {
  readonly kind: string;
  readonly [setting: string]: unknown;
}

/** How long things may take, in milliseconds. */
export interface Limits {
  /** The whole command or listing; no end when absent. */
  readonly deadline?: number | undefined;
  /** One attempt of one request, body included. */
  readonly requestTimeout: number;
  /** The longest wait that the service may ask for; give up when it asks for more. */
  readonly maxRetryAfter: number;
}

/** Settings that passed every check: nothing in here is a placeholder, a guess or a contradiction. */
export interface Settings {
  /** The directory we read: a GUID in lower case, or a domain of the tenant. */
  readonly tenant: string;
  /** The cloud whose Graph is read; `custom` when `graph` is none of theirs, such as a sandbox. */
  readonly cloud: CloudName | 'custom';
  /** Login host and tenant, no trailing slash: `https://login.microsoftonline.com/<tenant>`. */
  readonly authority: URL;
  /** `oidc`: endpoints come from `<authority>/.well-known/openid-configuration` (External ID's custom domains). */
  readonly protocol: 'entra' | 'oidc';
  /** The application, as a GUID in lower case; empty where the platform alone knows it (managed identity, `auto`). */
  readonly clientId: string;
  readonly scopes: readonly string[];
  /** Root of Microsoft Graph, with version and without trailing slash: `https://graph.microsoft.com/v1.0`. */
  readonly graph: URL;
  /** The query of the quickstart's `endpoint`, where it has one. */
  readonly query?: UserQuery | undefined;
  readonly credential: CredentialSettings;
  /** URL of the proxy for both hops; may hold a password. */
  readonly proxy?: Secret | undefined;
  /** Hosts that are reached without the proxy, as `NO_PROXY` lists them. */
  readonly noProxy?: string | undefined;
  /** Certificates to trust beside the system's: absolute path of a PEM file. */
  readonly caFile?: string | undefined;
  readonly tokenCache: TokenCacheSettings;
  /** Key and secret files that other users may read are accepted. */
  readonly allowWeakPermissions: boolean;
  readonly limits: Limits;
  /** What can be used and is worth a look all the same. */
  readonly warnings: readonly SettingsIssue[];
  /** Setting (dotted path in the native form) to where it came from: `--tenant`, `parameters.json:3:17` … */
  readonly sources: ReadonlyMap<string, string>;
}
