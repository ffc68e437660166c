import type { DirectoryCredential } from '../directory.ts';
import type { TokenSource } from './token-source.ts';

/** Our token source in the shape that Azure SDKs call a TokenCredential. */
export function directoryCredential(source: TokenSource): DirectoryCredential {
  return {
    async getToken(scopes, options) {
      const { token, expiresOnTimestamp } = await source.getToken({
        scopes: typeof scopes === 'string' ? [scopes] : scopes,
        claims: options?.claims,
        signal: options?.abortSignal,
      });
      return { token: token.reveal(), expiresOnTimestamp };
    },
  };
}
