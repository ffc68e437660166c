import { z } from 'zod';

import { CredentialError } from '../errors/credential-error.ts';
import { autoCandidates } from './auto-candidates.ts';
import type { Credential } from './credential.ts';
import { defineStrategy } from './strategy.ts';

export const auto = defineStrategy({
  kind: 'auto',
  describe:
    'Whatever the environment offers: variables, workload identity, pipeline, managed identity',
  settings: z.strictObject({}),
  pathKeys: [],
  secretKeys: [],
  issues: () => [],
  createCredential(_, context) {
    const { log } = context.ports;
    const environment = context.environment ?? process.env;
    let chosen: Credential | undefined;

    return {
      kind: 'auto',
      async examine(signal) {
        const skipped: string[] = [];
        for (const candidate of autoCandidates) {
          const { name } = candidate;
          const offered = candidate.offer(environment, context);
          if (typeof offered === 'string') {
            skipped.push(`${name}: ${offered}`);
            continue;
          }
          const report = await offered.credential.examine?.(signal);
          const says = offered.guess
            ? 'The environment names no credential: a managed identity is tried.'
            : `The environment offers ${name}.`;
          return {
            ...report,
            says: report === undefined ? says : `${says} ${report.says}`,
            facts: { ...report?.facts, chosen: name, skipped },
          };
        }
        return { says: 'The environment offers no credential.', facts: { skipped } };
      },
      /**
       * The first credential that the environment offers is the one, for good: when the service declines it, that is the
       * error, not a reason to become somebody else. Only a managed identity is offered by being there.
       */
      async requestToken(request) {
        if (chosen !== undefined) return chosen.requestToken(request);
        const skipped: string[] = [];
        for (const candidate of autoCandidates) {
          const { name } = candidate;
          const offered = candidate.offer(environment, context);
          if (typeof offered === 'string') {
            skipped.push(`${name}: ${offered}`);
            log('debug', 'credential-skipped', { credential: name, why: offered });
            continue;
          }
          try {
            const token = await offered.credential.requestToken(request);
            chosen = offered.credential;
            log('info', 'credential-chosen', { credential: name });
            return token;
          } catch (error) {
            if (!offered.guess || !(error instanceof CredentialError)) throw error;
            skipped.push(`${name}: ${error.message}`);
          }
        }
        throw new CredentialError(
          `The environment offers no credential. ${skipped.join(' ')}`,
          'Set AZURE_CLIENT_SECRET, AZURE_CLIENT_CERTIFICATE_PATH or AZURE_FEDERATED_TOKEN_FILE, or name a credential in the settings.',
        );
      },
    };
  },
});
