import { externalCredential, type TokenCredential } from '../external-credential.ts';
import type { CredentialSettingsShape } from '../credential-setting.ts';
import type { Strategy } from '../strategy.ts';

/**
 * A `TokenCredential` of another library, passed in by a program. Not in the registry of strategies, because neither
 * a file nor a flag can contain one.
 */
export const external: Strategy<
  CredentialSettingsShape,
  { readonly tokenCredential: TokenCredential }
> = {
  kind: 'external',
  describe: 'A TokenCredential of another library, such as @azure/identity',
  settings: {},
  clientId: 'optional',
  canSealTokens: 'never',
  tokensComeFrom: 'the credential that was passed in, which knows its own authority',
  retriesItself: true,
  issues: () => [],
  createCredential: ({ tokenCredential }, { ports }) =>
    externalCredential(tokenCredential, ports.clock),
};
