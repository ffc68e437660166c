import { CredentialError } from '../../errors/credential-error.ts';
import { credentialFiles, credentialWithContext } from '../layers/credential-with-context.ts';
import type { Credential } from '../credential.ts';
import {
  type CredentialContext,
  defineStrategy,
  type Environment,
  type EnvironmentOffer,
  type Strategy,
  type StrategyRegistry,
} from '../strategy.ts';

interface Candidate {
  readonly strategy: Strategy;
  readonly offer: EnvironmentOffer<Parameters<Strategy['createCredential']>[0]>;
}

interface Selection {
  readonly name: string;
  readonly credential: Credential;
  /** Nothing indicates that the credential exists. */
  readonly isGuess: boolean;
}

/** Why the environment does not supply the credential; undefined when it does. */
function missing(
  { strategy, offer }: Candidate,
  environment: Environment,
  { clientId }: CredentialContext,
): string | undefined {
  const unset = offer.variables.filter((name) => (environment[name] ?? '') === '');
  if (unset.length > 0) return `${unset.join(' and ')} not set.`;
  return strategy.clientId === 'required' && clientId === '' ? 'clientId not set.' : undefined;
}

/**
 * Selects the first credential that the environment supplies. The selection is final: when the identity platform
 * rejects the credential, that is the error, because another credential could belong to another application.
 */
function select(
  candidates: readonly Candidate[],
  context: CredentialContext,
  skip: (name: string, why: string) => void,
): Selection | undefined {
  const environment = context.environment ?? process.env;
  for (const candidate of candidates) {
    const { strategy, offer } = candidate;
    const why = missing(candidate, environment, context);
    if (why === undefined) {
      const settings = offer.settings(environment, context);
      const credential = strategy.createCredential(settings, context);
      return {
        name: offer.name,
        credential: credentialWithContext(credential, credentialFiles(strategy, settings)),
        isGuess: offer.variables.length === 0,
      };
    }
    skip(offer.name, why);
  }
  return undefined;
}

function noCredential(skipped: readonly string[], variables: readonly string[]): CredentialError {
  return new CredentialError(
    `No credential found in the environment. ${skipped.join(' ')}`,
    `Set one of ${variables.join(', ')}, or configure another kind of credential.`,
  );
}

function createAutoCredential(
  candidates: readonly Candidate[],
  context: CredentialContext,
): Credential {
  const { log } = context.ports;
  const skipped: string[] = [];
  const selected = select(candidates, context, (name, why) => {
    skipped.push(`${name}: ${why}`);
    log('credential-skipped', { credential: name, why });
  });
  const variables = candidates.flatMap(
    ({
      offer: {
        variables: [first, ...others],
      },
    }) => (first === undefined || others.length > 0 ? [] : [first]),
  );
  let isLogged = false;
  return {
    kind: 'auto',
    fingerprint: async () => (await selected?.credential.fingerprint?.()) ?? '',
    sealingSecret: async () => selected?.credential.sealingSecret?.(),
    async examine(signal) {
      if (selected === undefined)
        return { message: 'No credential found in the environment.', facts: { skipped } };
      const { name, credential, isGuess } = selected;
      const report = await credential.examine?.(signal);
      const message = isGuess
        ? `No credential is configured in the environment; trying ${name}.`
        : `Found in the environment: ${name}.`;
      return {
        ...report,
        message: report === undefined ? message : `${message} ${report.message}`,
        facts: { ...report?.facts, chosen: name, skipped },
      };
    },
    async requestToken(request) {
      if (selected === undefined) throw noCredential(skipped, variables);
      const { name, credential, isGuess } = selected;
      try {
        const token = await credential.requestToken(request);
        if (!isLogged) log('credential-chosen', { credential: name });
        isLogged = true;
        return token;
      } catch (error) {
        if (!isGuess || isLogged || !(error instanceof CredentialError)) throw error;
        throw noCredential([...skipped, `${name}: ${error.message}`], variables);
      }
    },
  };
}

/** Creates the strategy that selects the first of `strategies` that the environment supplies. */
export function createAutoStrategy(strategies: StrategyRegistry) {
  const candidates = Object.values(strategies).flatMap((strategy) =>
    (strategy.offers ?? []).map((offer) => ({ strategy, offer })),
  );
  return defineStrategy({
    kind: 'auto',
    describe:
      'The first credential found in the environment: variables, workload or managed identity',
    settings: {},
    clientId: 'optional',
    canSealTokens: 'unknown',
    issues: () => [],
    createCredential: (_, context) => createAutoCredential(candidates, context),
  });
}
