import { retryingCredential } from './retrying-credential.ts';
import type { Credential } from './credential.ts';
import { credentialFiles, credentialWithContext } from './credential-with-context.ts';
import { rotatingCredential } from './rotating-credential.ts';
import { external } from './strategies/external.ts';
import { strategies } from './strategies.ts';
import type { CredentialContext, Strategy } from './strategy.ts';

const registry: Readonly<Record<string, Strategy>> = {
  ...strategies,
  // Its one setting is required, so that its type does not fit the type of all strategies.
  external: external as unknown as Strategy,
};

/**
 * The strategy of a kind of credential.
 * @throws {RangeError} for a kind that does not exist, which checked settings cannot contain
 */
export function strategyOf(kind: string): Strategy {
  const strategy = Object.hasOwn(registry, kind) ? registry[kind] : undefined;
  if (strategy === undefined) throw new RangeError(`There is no credential strategy ${kind}.`);
  return strategy;
}

/**
 * Builds the credential that checked settings name. No I/O: what is wrong with a file is said when a token is asked for.
 * @throws {RangeError} for a kind that is not in the registry, which checked settings cannot hold
 */
export function createCredential(
  settings: { readonly kind: string; readonly [setting: string]: unknown },
  context: CredentialContext,
): Credential {
  const { kind, ...own } = settings;
  const strategy = strategyOf(kind);
  const credential = strategy.createCredential(own as Parameters<Strategy['createCredential']>[0], {
    ...context,
    pin: {},
  });
  if (strategy.retriesItself === true) return credential;
  return retryingCredential(
    rotatingCredential(credentialWithContext(credential, credentialFiles(strategy, own))),
    context.ports,
    context.retryPolicy,
  );
}
