import { z } from 'zod';

import {
  externalCredential,
  isTokenCredential,
  type TokenCredential,
} from '../external-credential.ts';
import { defineStrategy } from '../strategy.ts';

const settings = z.strictObject({
  tokenCredential: z.custom<TokenCredential>(isTokenCredential, 'must have a getToken method'),
});

/**
 * A `TokenCredential` of another library, passed in by a program. Not in the registry of strategies, because neither a file
 * nor a flag can contain one.
 */
export const external = defineStrategy({
  kind: 'external',
  describe: 'A TokenCredential of another library, such as @azure/identity',
  settings,
  pathKeys: [],
  secretKeys: [],
  canSealTokens: 'never',
  tokensComeFrom: 'the credential that was passed in, which knows its own authority',
  retriesItself: true,
  issues: () => [],
  createCredential: ({ tokenCredential }, { ports }) =>
    externalCredential(tokenCredential, ports.clock),
});
