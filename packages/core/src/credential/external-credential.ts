import { CredentialError } from '../errors/credential-error.ts';
import { DirectoryError } from '../errors/directory-error.ts';
import type { Clock } from '../ports.ts';
import { redactedText } from '../redacted-text.ts';
import { Secret } from '../secret.ts';
import type { Credential } from './credential.ts';

/** The TokenCredential interface of the Azure SDKs, which the credentials of `@azure/identity` implement. */
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

/** Tokens are refreshed this long before they expire, in milliseconds; at half their lifetime when it is short. */
const refreshMargin = 300_000;

/** Copies an error of another library: its text can repeat what the library sent or received. */
function redactedCause(error: unknown): Error {
  const { name, code } = (error ?? {}) as { name?: unknown; code?: unknown };
  const text = error instanceof Error ? error.message : typeof error;
  const copy = new Error(redactedText(text));
  if (typeof name === 'string') copy.name = name;
  delete copy.stack;
  return typeof code === 'string' ? Object.assign(copy, { code }) : copy;
}

/** Adapts a credential of another library. It retries by itself. */
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
            'The credential that was passed in returned no token.',
            'See the cause, and the documentation of the library of the credential.',
            { cause: redactedCause(error) },
          );
        });
      const now = clock.wall();
      if (given === null || given.token === '' || !(given.expiresOnTimestamp > now))
        throw new CredentialError(
          'The credential that was passed in returned no valid token.',
          'Check the configuration of the credential.',
        );
      const lifetime = Math.min(given.expiresOnTimestamp - now, 24 * 3_600_000);
      const expiresAt = clock.monotonic() + lifetime;
      const refresh = given.refreshAfterTimestamp;
      return {
        token: new Secret(given.token),
        expiresAt,
        refreshAt:
          refresh === undefined
            ? expiresAt - Math.min(refreshMargin, lifetime / 2)
            : clock.monotonic() + Math.max(0, refresh - now),
        expiresOnTimestamp: given.expiresOnTimestamp,
      };
    },
  };
}
