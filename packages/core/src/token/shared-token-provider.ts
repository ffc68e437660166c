import { createHash } from 'node:crypto';

import type { Credential } from '../credential/credential.ts';
import type { Ports } from '../ports.ts';
import type { AccessToken } from '../credential/access-token.ts';
import type { TokenProvider } from './token-source.ts';
import type { TokenRequest } from '../credential/access-token.ts';
import { sealToken, unsealToken } from './sealed-token.ts';
import type { LockedStore, Store, TokenOwner } from '../store/store.ts';

type ProviderRequest = Parameters<TokenProvider['requestToken']>[0];

const margin = 30_000;

function keyOf(
  { authority, tenant, clientId }: TokenOwner,
  kind: string,
  request: TokenRequest,
): string {
  const parts = [authority.href, tenant, clientId, kind, ...request.scopes.toSorted()];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/**
 * Adds a cache that processes share to a credential: one process requests a token, and the others use it. If the cache
 * fails, the token is requested without it.
 */
export function createSharedTokenProvider(
  credential: Credential,
  store: Store,
  owner: TokenOwner,
  { clock, log }: Pick<Ports, 'clock' | 'log'>,
): TokenProvider {
  function warn(error: unknown): void {
    const message = error instanceof Error ? error.message : typeof error;
    log('token-cache-failed', { cache: store.kind, message });
  }

  async function read(
    from: Pick<LockedStore, 'read'>,
    key: string,
    proof: Uint8Array,
    rejected: AccessToken | undefined,
  ): Promise<AccessToken | undefined> {
    const sealed = await from.read(key);
    const token = sealed && unsealToken(sealed, proof, key, clock);
    if (token === undefined || clock.monotonic() >= token.expiresAt - margin) return undefined;
    return token.token.reveal() === rejected?.token.reveal() ? undefined : token;
  }

  function isFresh(token: AccessToken | undefined): token is AccessToken {
    return token !== undefined && clock.monotonic() < token.refreshAt;
  }

  /** Asks the service and shares what it says. A token that is still good bridges the time in which it says nothing. */
  async function renew(
    request: ProviderRequest,
    good: AccessToken | undefined,
    share: (token: AccessToken) => Promise<void>,
  ): Promise<AccessToken> {
    let token: AccessToken;
    try {
      token = await credential.requestToken(request);
    } catch (error) {
      if (good === undefined || request.signal?.aborted === true) throw error;
      warn(error);
      return good;
    }
    await share(token).catch(warn);
    return token;
  }

  let isReported = false;
  function tellUnused(): void {
    if (isReported) return;
    isReported = true;
    const message = 'The credential has no secret to seal tokens by; they stay in memory.';
    log('token-cache-unused', { cache: store.kind, credential: credential.kind, message });
  }

  return {
    async requestToken(request) {
      const proof = await credential.sealingSecret?.();
      if (proof === undefined) {
        tellUnused();
        return credential.requestToken(request);
      }
      const { rejected, claims, signal } = request;
      const key = keyOf(owner, credential.kind, request);
      /** Whether the service was asked: its error is then the caller's, and not the cache's. */
      let asked = false;
      try {
        const found = claims === undefined ? await read(store, key, proof, rejected) : undefined;
        if (isFresh(found)) return found;
        return await store.exclusively(
          key,
          async (held) => {
            const again = claims === undefined ? await read(held, key, proof, rejected) : undefined;
            if (isFresh(again)) return again;
            asked = true;
            return renew(request, again, (token) =>
              held.write(key, sealToken(token, proof, key), token.expiresOnTimestamp),
            );
          },
          signal,
        );
      } catch (error) {
        signal?.throwIfAborted();
        if (asked) throw error;
        warn(error);
        return credential.requestToken(request);
      }
    },
  };
}
