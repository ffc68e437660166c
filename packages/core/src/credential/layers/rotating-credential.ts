import { TokenRefusedError } from '../../errors/token-refused-error.ts';
import type { Credential } from '../credential.ts';

/**
 * Returns a credential that retries once when the service rejected a secret or certificate that has been replaced
 * since it was read: the old secret was deleted before the new one was written to the file.
 */
export function rotatingCredential(credential: Credential): Credential {
  const { fingerprint } = credential;
  if (fingerprint === undefined) return credential;
  return {
    ...credential,
    async requestToken(request) {
      const before = await fingerprint();
      try {
        return await credential.requestToken(request);
      } catch (error) {
        const refused = error instanceof TokenRefusedError && error.error === 'invalid_client';
        if (!refused || (await fingerprint()) === before) throw error;
        return credential.requestToken(request);
      }
    },
  };
}
