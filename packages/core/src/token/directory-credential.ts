import type { Deadline } from '../retry/deadline.ts';
import type { TokenSource } from './token-source.ts';

/** The shape that Azure SDKs call a TokenCredential. */
export interface DirectoryCredential {
  getToken(
    scopes: string | readonly string[],
    options?: { readonly abortSignal?: AbortSignal; readonly claims?: string },
  ): Promise<{ readonly token: string; readonly expiresOnTimestamp: number }>;
}

/** Our token source in the shape that Azure SDKs call a TokenCredential. */
export function directoryCredential(
  source: TokenSource,
  startDeadline: () => Deadline,
): DirectoryCredential {
  return {
    async getToken(scopes, options) {
      const { token, expiresOnTimestamp } = await source.getToken({
        scopes: typeof scopes === 'string' ? [scopes] : scopes,
        claims: options?.claims,
        signal: options?.abortSignal,
        deadline: startDeadline(),
      });
      return { token: token.reveal(), expiresOnTimestamp };
    },
  };
}
