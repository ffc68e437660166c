import { TokenRefusedError } from '../errors/token-refused-error.ts';
import type { Credential } from './credential.ts';

/**
 * Asks once more when the service refused a proof that has been replaced since it was read: the moment between "the new
 * secret is registered, the old one deleted" and "the file is written".
 */
export function rotatingCredential(credential: Credential): Credential {
  const { proofId } = credential;
  if (proofId === undefined) return credential;
  return {
    ...credential,
    async requestToken(request) {
      const before = await proofId();
      try {
        return await credential.requestToken(request);
      } catch (error) {
        const refused = error instanceof TokenRefusedError && error.error === 'invalid_client';
        if (!refused || (await proofId()) === before) throw error;
        return credential.requestToken(request);
      }
    },
  };
}
