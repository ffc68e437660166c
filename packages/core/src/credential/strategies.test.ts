import { describe } from 'vitest';

import { strategies, type StrategyKind } from './strategies.ts';
import { makeCertifiedKey } from './testing/certified-key.ts';
import { formOf } from './testing/fake-platform.ts';
import { makeJwt } from './testing/federated-jwt.ts';
import { describeStrategy, type StrategyCase } from './testing/strategy-contract.ts';
import type { TemporaryFolder } from './testing/temporary-folder.ts';

const canary = 'canary-7f3b-s3cret';

/** One case for each strategy: a new strategy in the registry does not compile without one. */
const cases: Record<StrategyKind, (folder: TemporaryFolder) => Promise<StrategyCase>> = {
  'client-secret': async () => ({
    settings: { secret: canary },
    environment: {},
    authenticates: (request) => formOf(request)['client_secret'] === canary,
    hidden: canary,
  }),
  'client-certificate': async (folder) => {
    const { keyPem, certificatePem } = await makeCertifiedKey();
    return {
      settings: { file: await folder.write('both.pem', keyPem + certificatePem) },
      environment: {},
      authenticates: (request) => formOf(request)['client_assertion'] !== undefined,
      hidden: keyPem.slice(100, 140),
    };
  },
  federated: async (folder) => {
    const jwt = makeJwt({ sub: canary });
    return {
      settings: { file: await folder.write('assertion', `${jwt}\n`, 0o644) },
      environment: {},
      authenticates: (request) => formOf(request)['client_assertion'] === jwt,
      hidden: jwt,
    };
  },
  'managed-identity': async () => ({
    settings: {},
    environment: {},
    authenticates: (request) => request?.headers['metadata'] === 'true' && request.direct === true,
    hidden: canary,
    probes: 1,
  }),
  auto: async () => ({
    settings: {},
    environment: { AZURE_CLIENT_SECRET: canary },
    authenticates: (request) => formOf(request)['client_secret'] === canary,
    hidden: canary,
  }),
};

describe('faults A5 rows 49, 50 and 51: each strategy', () => {
  for (const [kind, prepare] of Object.entries(cases)) describeStrategy(kind, prepare, strategies);
});
