import type { z } from 'zod';

import type { Ports } from '../ports.ts';
import type { Secret } from '../secret.ts';
import type { RetryPolicy } from '../retry/retry-decision.ts';
import type { Credential } from './credential.ts';

/** What the service said the tenant is when it was first asked. */
export interface TenantPin {
  /** Its id, or its issuer where the protocol is `oidc`. */
  found?: string | undefined;
}

/** What a strategy may know beside its own settings. */
export interface CredentialContext {
  readonly tenant: string;
  /**
   * Where tokens come from. `entra`: the login host, whose path is ignored; `oidc`: the whole URL of the issuer,
   * below which `.well-known/openid-configuration` is asked.
   */
  readonly authority: URL;
  readonly protocol: 'entra' | 'oidc';
  /**
   * Holds a tenant that is named by its domain, or by an issuer's address, to what it was found to be: a name that is
   * given to somebody else meanwhile must not lead a running program into another directory.
   */
  readonly pin?: TenantPin | undefined;
  readonly clientId: string;
  readonly ports: Ports;
  /** One request to the identity platform, in milliseconds. */
  readonly requestTimeout?: number | undefined;
  /** How often and how patiently a token is asked for; the transport's own policy when absent. */
  readonly retryPolicy?: RetryPolicy | undefined;
  /** Where people register applications in this cloud; for hints. */
  readonly portal?: URL | undefined;
  /** Accept key and secret files that others may read. */
  readonly allowWeakPermissions?: boolean | undefined;
  /** Where `-` reads from; the process's own standard input when absent. */
  readonly readStandardInput?: (() => Promise<Buffer>) | undefined;
  /** The platform's variables: managed and workload identities, pipelines. The process's own when absent. */
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined;
}

/** A mistake that only the strategy can see, in the terms of its own settings. */
export interface StrategyIssue {
  /** The setting concerned, without the `credential.` before it. */
  readonly key: string;
  readonly message: string;
  readonly hint: string;
}

/** The schema's values, with every secret sealed in a {@link Secret}. */
export type StrategySettings<Schema extends z.ZodObject, SecretKey extends string> = {
  readonly [Key in keyof z.output<Schema>]: Key extends SecretKey
    ? Secret | Extract<z.output<Schema>[Key], undefined>
    : z.output<Schema>[Key];
};

/**
 * One way to prove the application. A strategy is data and one function, so that the settings schema, the docs
 * and the contract suite all follow from its line in `strategies.ts`.
 */
export interface Strategy<
  Schema extends z.ZodObject = z.ZodObject,
  SecretKey extends string = string,
> {
  /** Its name in the settings. */
  readonly kind: string;
  /** One line, for `--help` and the docs. */
  readonly describe: string;
  /** A strict object, without `kind`. */
  readonly settings: Schema;
  /** Settings that are file paths, relative to the file they stand in. `-` is standard input where the strategy says so. */
  readonly pathKeys: readonly string[];
  /** Settings that must be sealed as soon as they are read, and are never shown. */
  readonly secretKeys: readonly SecretKey[];
  /**
   * Whether its credentials have secret bytes of their own, by which tokens that processes share are sealed; `perhaps` where
   * that turns out when one is made.
   */
  readonly canSealTokens: 'always' | 'never' | 'unknown';
  /**
   * What issues the tokens when it is not the authority of the settings, as part of a sentence: `a managed identity gets its
   * tokens from …`. The authority is then not examined.
   */
  readonly tokensComeFrom?: string | undefined;
  /** Its credentials retry by themselves: they are not retried in addition. */
  readonly retriesItself?: boolean | undefined;
  /** What the schema cannot say: settings that exclude or need each other, values that look wrong. No I/O. */
  issues(settings: StrategySettings<Schema, SecretKey>): readonly StrategyIssue[];
  /** No I/O either: files are read and sockets opened when a token is asked for. */
  createCredential(
    settings: StrategySettings<Schema, SecretKey>,
    context: CredentialContext,
  ): Credential;
}

/** Keeps the types of a strategy's own settings. */
export function defineStrategy<Schema extends z.ZodObject, const SecretKey extends string>(
  strategy: Strategy<Schema, SecretKey>,
): Strategy<Schema, SecretKey> {
  return strategy;
}
