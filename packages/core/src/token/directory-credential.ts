import type { Deadline } from '../retry/deadline.ts';
import type { TokenSource } from './token-source.ts';

/** The application's credential in the form of `TokenCredential` of Azure SDKs. */
export interface DirectoryCredential {
  /**
   * Returns a token that is valid for at least 30 seconds: the current one, or a new one.
   * @throws {DirectoryError} of category `authentication` when refused, `service` when there is no response
   *
   * @example
   * const { token } = await directory.credential.getToken('https://graph.microsoft.com/.default');
   */
  getToken(
    scopes: string | readonly string[],
    options?: { readonly abortSignal?: AbortSignal; readonly claims?: string },
  ): Promise<{ readonly token: string; readonly expiresOnTimestamp: number }>;
}

/** Returns a token source in the form of `TokenCredential` of Azure SDKs. */
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
