import type { Connection } from '../connection.ts';
import type { Credential } from '../credential/credential.ts';
import type { SettingsIssue } from '../errors/settings-error.ts';
import type { HttpResponse, NetworkProbe, Ports } from '../ports.ts';
import type { UserQuery } from '../query/user-query.ts';
import type { RetryPolicy } from '../retry/retry-decision.ts';
import type { Directory } from '../users/directory.ts';
import type { Latency, ServiceEndpoint } from './endpoints.ts';
import type { StepResult } from './verdict.ts';
import type { ResourceStack } from '../resource-stack.ts';

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
  readonly endpoints: readonly ServiceEndpoint[];
}

/** The input of the steps, and what each of them records for those after it. */
export interface Scenario {
  readonly open: OpenTenant;
  readonly query: UserQuery | undefined;
  readonly replaced: Partial<Ports>;
  readonly probe: NetworkProbe | undefined;
  /** Closed at the end. */
  readonly resources: ResourceStack;
  signal: AbortSignal | undefined;
  examined?: Examined;
  /** The response to the request of the clock step. */
  response?: HttpResponse;
  /** Why there was no response. */
  noResponse?: unknown;
  /** The claims of the token; null when it is opaque. */
  claims?: Readonly<Record<string, unknown>> | null;
  readonly latencies: Map<ServiceEndpoint['name'], Latency>;
}

/** One condition that must hold before a user can be read. */
export interface Step {
  /** @throws {DirectoryError} when the condition does not hold; the error's remedy says what to do */
  examine(scenario: Scenario): Promise<StepResult>;
}

/** A value that an earlier step has recorded, which the order of the steps guarantees. */
export function known<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new TypeError('A step ran before the step that it depends on.');
  return value;
}
