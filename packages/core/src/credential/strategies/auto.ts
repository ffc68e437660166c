import { z } from 'zod';

import { CredentialError } from '../../errors/credential-error.ts';
import { autoCandidates } from './auto-candidates.ts';
import { defineStrategy, type CredentialContext } from '../strategy.ts';

/**
 * The first credential that the environment offers is the one, for good: when the service declines it, that is the
 * error, not a reason to become somebody else.
 */
function choose(context: CredentialContext, skip: (name: string, why: string) => void) {
  const environment = context.environment ?? process.env;
  for (const candidate of autoCandidates) {
    const { name } = candidate;
    const offered = candidate.offer(environment, context);
    if (typeof offered !== 'string') return { name, ...offered };
    skip(name, offered);
  }
  return undefined;
}

function nothing(skipped: readonly string[]): CredentialError {
  return new CredentialError(
    `The environment offers no credential. ${skipped.join(' ')}`,
    'Set AZURE_CLIENT_SECRET, AZURE_CLIENT_CERTIFICATE_PATH or AZURE_FEDERATED_TOKEN_FILE, or name a credential in the settings.',
  );
}

export const auto = defineStrategy({
  kind: 'auto',
  describe:
    'Whatever the environment offers: variables, workload identity, pipeline, managed identity',
  settings: z.strictObject({}),
  pathKeys: [],
  secretKeys: [],
  canSealTokens: 'unknown',
  issues: () => [],
  createCredential(_, context) {
    const { log } = context.ports;
    const skipped: string[] = [];
    const chosen = choose(context, (name, why) => {
      skipped.push(`${name}: ${why}`);
      log('credential-skipped', { credential: name, why });
    });
    let isTold = false;
    return {
      kind: 'auto',
      proofId: async () => (await chosen?.credential.proofId?.()) ?? '',
      sealingProof: async () => chosen?.credential.sealingProof?.(),
      async examine(signal) {
        if (chosen === undefined)
          return { says: 'The environment offers no credential.', facts: { skipped } };
        const { name, credential, guess } = chosen;
        const report = await credential.examine?.(signal);
        const says = guess
          ? 'The environment names no credential: a managed identity is tried.'
          : `The environment offers ${name}.`;
        return {
          ...report,
          says: report === undefined ? says : `${says} ${report.says}`,
          facts: { ...report?.facts, chosen: name, skipped },
        };
      },
      async requestToken(request) {
        if (chosen === undefined) throw nothing(skipped);
        const { name, credential, guess } = chosen;
        try {
          const token = await credential.requestToken(request);
          if (!isTold) log('credential-chosen', { credential: name });
          isTold = true;
          return token;
        } catch (error) {
          if (!guess || isTold || !(error instanceof CredentialError)) throw error;
          throw nothing([...skipped, `${name}: ${error.message}`]);
        }
      },
    };
  },
});
