import { retryingCredential } from './layers/retrying-credential.ts';
import type { Credential } from './credential.ts';
import { credentialFiles, credentialWithContext } from './layers/credential-with-context.ts';
import { rotatingCredential } from './layers/rotating-credential.ts';
import { external } from './strategies/external.ts';
import { strategies } from './strategies.ts';
import type { CredentialContext, Strategy, StrategyRegistry } from './strategy.ts';

/**
 * Returns the strategy of a kind of credential, or of an external credential.
 * @throws {RangeError} for a kind that does not exist, which checked settings cannot contain
 */
export function strategyOf(kind: string, registry: StrategyRegistry = strategies): Strategy {
  // Its one setting is required, so that its type does not fit the type of all strategies.
  if (kind === external.kind) return external as unknown as Strategy;
  const strategy = Object.hasOwn(registry, kind) ? registry[kind] : undefined;
  if (strategy === undefined) throw new RangeError(`Unknown credential type "${kind}".`);
  return strategy;
}

/**
 * Creates the credential of checked settings. Does no I/O: a problem of a file is reported when a token is requested.
 * @throws {RangeError} for a kind that is not in the registry, which checked settings cannot contain
 */
export function createCredential(
  settings: { readonly kind: string; readonly [setting: string]: unknown },
  context: CredentialContext,
  registry: StrategyRegistry = strategies,
): Credential {
  const { kind, ...own } = settings;
  const strategy = strategyOf(kind, registry);
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
