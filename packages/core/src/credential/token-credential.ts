import { BadTokenError } from '../errors/bad-token-error.ts';
import { CredentialError } from '../errors/credential-error.ts';
import { DirectoryError } from '../errors/directory-error.ts';
import type { Ports } from '../ports.ts';
import { tokenOfLifetime } from '../token/token-reply.ts';
import type { Credential } from './credential.ts';

/** What Azure SDKs call a TokenCredential; `@azure/identity` has many. Structural, so that we need not depend on it. */
export interface TokenCredentialLike {
  getToken(
    scopes: string | string[],
    options?: {
      abortSignal?: AbortSignal;
      claims?: string;
      enableCae?: boolean;
    },
  ): Promise<{ token: string; expiresOnTimestamp: number } | null>;
}

/**
 * Somebody else's credential as one of ours. Its tokens are kept, refreshed and shared as our own are; what it throws
 * becomes E_CREDENTIAL with the original as cause, unless it is one of our errors.
 */
export function fromTokenCredential(
  inner: TokenCredentialLike,
  { clock }: Pick<Ports, 'clock'>,
): Credential {
  return {
    kind: 'token-credential',
    async requestToken({ scopes, claims, signal }) {
      let given;
      try {
        given = await inner.getToken([...scopes], {
          enableCae: true,
          ...(signal === undefined ? {} : { abortSignal: signal }),
          ...(claims === undefined ? {} : { claims }),
        });
      } catch (error) {
        signal?.throwIfAborted();
        if (error instanceof DirectoryError) throw error;
        const name = error instanceof Error ? error.name : typeof error;
        throw new CredentialError(
          `The TokenCredential that was passed in failed (${name}).`,
          'Its own error is the cause; try that credential by itself.',
          error,
        );
      }
      if (typeof given?.token !== 'string' || given.token === '')
        throw new BadTokenError('the TokenCredential that was passed in gave none');
      const life = Math.floor((given.expiresOnTimestamp - clock.wall()) / 1000);
      if (!(life > 0))
        throw new BadTokenError('the TokenCredential that was passed in gave an expired one');
      return tokenOfLifetime(given.token, life, undefined, clock);
    },
  };
}
