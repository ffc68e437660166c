import { retryingCredential } from './retrying-credential.ts';
import type { Credential } from './credential.ts';
import { credentialFiles, credentialWithContext } from './credential-with-context.ts';
import { rotatingCredential } from './rotating-credential.ts';
import { strategies, type StrategyKind } from './strategies.ts';
import type { CredentialContext, Strategy } from './strategy.ts';

function isKind(kind: string): kind is StrategyKind {
  return Object.hasOwn(strategies, kind);
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
  if (!isKind(kind)) throw new RangeError(`There is no credential strategy ${kind}.`);
  const strategy: Strategy = strategies[kind];
  const credential = strategy.createCredential(own as Parameters<Strategy['createCredential']>[0], {
    ...context,
    pin: {},
  });
  return retryingCredential(
    rotatingCredential(credentialWithContext(credential, credentialFiles(strategy, own))),
    context.ports,
    context.retryPolicy,
  );
}
