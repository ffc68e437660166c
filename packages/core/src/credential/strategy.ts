import type { Ports } from '../ports.ts';
import type { RetryPolicy } from '../retry/retry-decision.ts';
import type { CredentialSettingsShape, StrategySettings } from './credential-setting.ts';
import type { Credential } from './credential.ts';

/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The identity of the tenant, as the service stated it in the first response. */
export interface TenantPin {
  /** The tenant id, or the issuer when the protocol is `oidc`. */
  found?: string | undefined;
}

/** What a strategy gets in addition to its own settings. */
export interface CredentialContext {
  readonly tenant: string;
  /**
   * `entra`: the login host; the path is ignored. `oidc`: the whole issuer URL, below which
   * `.well-known/openid-configuration` is requested.
   */
  readonly authority: URL;
  readonly protocol: 'entra' | 'oidc';
  /**
   * Fixes a tenant that is configured by a domain or an issuer URL to the first identity that the service stated.
   * When the domain moves to another tenant, a running program must not read that tenant.
   */
  readonly pin?: TenantPin | undefined;
  /** Empty when only the platform knows the application. */
  readonly clientId: string;
  readonly ports: Ports;
  /** Timeout of one request to the identity platform, in milliseconds. */
  readonly requestTimeout?: number | undefined;
  /** How token requests are retried; the default policy when absent. */
  readonly retryPolicy?: RetryPolicy | undefined;
  /** The portal of this cloud where applications are registered; for hints. */
  readonly portal?: URL | undefined;
  /** Whether key and secret files that other users can read are accepted. */
  readonly allowWeakPermissions?: boolean | undefined;
  /** Reads the file `-`; standard input of the process when absent. */
  readonly readStandardInput?: (() => Promise<Buffer>) | undefined;
  /** The variables of the platform (managed identity, workload identity, pipelines); `process.env` when absent. */
  readonly environment?: Environment | undefined;
}

/** A problem that only the strategy can detect. */
export interface StrategyIssue {
  /** The setting, without the prefix `credential.`. */
  readonly key: string;
  readonly message: string;
  readonly hint: string;
}

/** One way in which the environment can supply a credential to the strategy `auto`. */
export interface EnvironmentOffer<Settings> {
  /** For logs and messages: `federated, by GitHub Actions`. */
  readonly name: string;
  /**
   * The variables that must be set. Without any, the credential is tried although nothing indicates that it exists.
   */
  readonly variables: readonly string[];
  settings(environment: Environment, context: CredentialContext): Settings;
}

/**
 * One way to authenticate the application. Everything about it is in its own file: the settings schema, environment
 * variables, flags, quickstart keys, the reference and the contract suite are derived from its line in
 * `strategies.ts`.
 */
export interface Strategy<
  Shape extends CredentialSettingsShape = CredentialSettingsShape,
  Settings = StrategySettings<Shape>,
> {
  /** The value of the setting `credential.kind`. */
  readonly kind: string;
  /** One line for help and docs. */
  readonly describe: string;
  readonly settings: Shape;
  /** Whether the setting `clientId` must be set; `optional` when the platform can know the application. */
  readonly clientId: 'required' | 'optional';
  /**
   * The application is an identity of the platform without an app registration: its permissions are assigned, not
   * consented.
   */
  readonly isPlatformIdentity?: true;
  /**
   * Whether the credential contains secret bytes from which the encryption key of a shared token cache can be
   * derived; `unknown` when that depends on the environment.
   */
  readonly canSealTokens: 'always' | 'never' | 'unknown';
  /**
   * What issues the tokens when it is not the authority of the settings, for a sentence that begins `the tokens come
   * from`.
   */
  readonly tokensComeFrom?: string | undefined;
  /** Its credentials retry token requests themselves and must not be retried again. */
  readonly retriesItself?: boolean | undefined;
  /** The ways in which `auto` can find this credential in the environment, in order. */
  readonly offers?: readonly EnvironmentOffer<Settings>[] | undefined;
  /** Checks what the schema cannot express, such as settings that exclude each other. Must not do I/O. */
  issues(settings: Settings): readonly StrategyIssue[];
  /** Checks for values that are valid but probably wrong. Must not do I/O. */
  warnings?(settings: Settings): readonly StrategyIssue[];
  /** Must not do I/O: files are read and connections are opened when a token is requested. */
  createCredential(settings: Settings, context: CredentialContext): Credential;
}

/** Strategies by kind. */
export type StrategyRegistry = Readonly<Record<string, Strategy>>;

/** Infers the types of a strategy's settings. */
export function defineStrategy<const Shape extends CredentialSettingsShape>(
  strategy: Strategy<Shape>,
): Strategy<Shape> {
  return strategy;
}

/** The names of a strategy's settings that have a property, for example `isPath`. */
export function settingNames(
  { settings }: Pick<Strategy, 'settings'>,
  property: 'isPath' | 'isSecret',
): readonly string[] {
  return Object.keys(settings).filter((name) => settings[name]?.[property] === true);
}
