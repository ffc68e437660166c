import { CredentialError } from '../errors/credential-error.ts';
import { DirectoryError } from '../errors/directory-error.ts';
import type { Clock } from '../ports.ts';
import { Secret } from '../secret.ts';
import type { Credential } from './credential.ts';

/** What Azure SDKs call a TokenCredential: those of `@azure/identity`, for one. */
export interface TokenCredential {
  getToken(
    scopes: string | string[],
    options?: { abortSignal?: AbortSignal; claims?: string; enableCae?: boolean },
  ): Promise<{ token: string; expiresOnTimestamp: number; refreshAfterTimestamp?: number } | null>;
}

/** Whether a value that a program passed in can be called as a TokenCredential. */
export function isTokenCredential(value: unknown): value is TokenCredential {
  return (
    typeof value === 'object' &&
    value !== null &&
    'getToken' in value &&
    typeof value.getToken === 'function'
  );
}

/** Renewed this long before its end, or half its life before when it lives shortly. */
const early = 300_000;

/** Somebody else's credential in the place of ours. It brings its own retries. */
export function externalCredential(credential: TokenCredential, clock: Clock): Credential {
  return {
    kind: 'external',
    async requestToken({ scopes, claims, signal }) {
      const given = await credential
        .getToken([...scopes], {
          ...(signal === undefined ? {} : { abortSignal: signal }),
          ...(claims === undefined ? {} : { claims }),
          enableCae: true,
        })
        .catch((error: unknown) => {
          signal?.throwIfAborted();
          if (error instanceof DirectoryError) throw error;
          throw new CredentialError(
            'The credential that was passed in gave no token.',
            'See the cause; the credential is not ours.',
            error,
          );
        });
      const now = clock.wall();
      if (given === null || given.token === '' || !(given.expiresOnTimestamp > now))
        throw new CredentialError(
          'The credential that was passed in gave no token that is still good.',
          'Check how the credential is set up.',
        );
      const lifetime = Math.min(given.expiresOnTimestamp - now, 24 * 3_600_000);
      const expiresAt = clock.monotonic() + lifetime;
      const refresh = given.refreshAfterTimestamp;
      return {
        token: new Secret(given.token),
        expiresAt,
        refreshAt:
          refresh === undefined
            ? expiresAt - Math.min(early, lifetime / 2)
            : clock.monotonic() + Math.max(0, refresh - now),
        expiresOnTimestamp: given.expiresOnTimestamp,
      };
    },
  };
}
