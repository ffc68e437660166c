import type { Credential } from '../credential/credential.ts';
import type { Connection } from '../connection.ts';
import type { HttpResponse, NetworkProbe, Ports } from '../ports.ts';
import type { SettingsIssue } from '../errors/settings-error.ts';
import type { UserQuery } from '../query/user-query.ts';
import type { RetryPolicy } from '../retry/retry-decision.ts';
import type { Directory } from '../users/directory.ts';
import type { Hop, HopTimes } from './hops.ts';
import type { Finding } from './verdict.ts';

/** An open tenant and its parts, wired as for a listing. */
export interface OpenedTenant extends AsyncDisposable {
  readonly connection: Connection;
  readonly credential: Credential;
  readonly directory: Directory;
  readonly ports: Ports;
  readonly warnings: readonly SettingsIssue[];
}

/**
 * Loads the settings and opens the tenant.
 * @throws {SettingsError} when the settings are invalid
 */
export type OpenTenant = (options: {
  readonly ports: Partial<Ports>;
  readonly retryPolicy: RetryPolicy;
  readonly useTokenCache: false;
}) => Promise<OpenedTenant>;

/** What the settings step finds out for the steps after it. */
export interface Examined extends OpenedTenant {
  readonly probe: NetworkProbe;
  readonly hops: readonly Hop[];
}

/** What the steps look at, and what each leaves to those after it. */
export interface Case {
  readonly open: OpenTenant;
  readonly query: UserQuery | undefined;
  readonly replaced: Partial<Ports>;
  readonly probe: NetworkProbe | undefined;
  /** What has to be closed at the end. */
  readonly resources: AsyncDisposableStack;
  signal: AbortSignal | undefined;
  examined?: Examined;
  /** What the service said when it was asked for the time; undefined when there was no answer. */
  answer?: HttpResponse;
  /** Why there was none. */
  silence?: unknown;
  /** Null where the token is not one that can be read. */
  claims?: Readonly<Record<string, unknown>> | null;
  readonly times: Map<Hop['name'], HopTimes>;
}

/** One thing that must be right before a user can be read. */
export interface Step {
  /** @throws {DirectoryError} when it is not; its hint is the remedy */
  examine(about: Case): Promise<Finding>;
}

/** What an earlier step has found, as the order of the steps makes sure. */
export function known<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new TypeError('a step ran before the one it needs');
  return value;
}
