import { createHash } from 'node:crypto';

import type { Credential } from '../credential/credential.ts';
import type { Clock, Ports } from '../ports.ts';
import type { AccessToken } from '../credential/access-token.ts';
import type { TokenProvider } from './token-source.ts';
import type { TokenRequest } from '../credential/access-token.ts';
import { sealToken, unsealToken } from './sealed-token.ts';
import type { LockedStore, Store, TokenOwner } from '../store/store.ts';

type ProviderRequest = Parameters<TokenProvider['requestToken']>[0];

interface CachedToken {
  readonly key: string;
  readonly proof: Uint8Array;
  readonly rejected: AccessToken | undefined;
  readonly clock: Clock;
}

/** A token is not taken from the cache in its last 30 seconds. */
const margin = 30_000;

/** Returns the key of a token in the cache. It contains no readable name of a tenant or application. */
function keyOf(
  { authority, tenant, clientId }: TokenOwner,
  kind: string,
  request: TokenRequest,
): string {
  const parts = [authority.href, tenant, clientId, kind, ...request.scopes.toSorted()];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/** Returns a function that calls `work` the first time only. */
function once(work: () => void): () => void {
  let isDone = false;
  return () => {
    if (isDone) return;
    isDone = true;
    work();
  };
}

/**
 * Reads and unseals a token of the cache.
 * @param proof the secret that seals the tokens of this credential
 * @returns undefined when there is none, or it expires too soon, or it is the one that the service rejected
 */
async function readToken(
  from: Pick<LockedStore, 'read'>,
  { key, proof, rejected, clock }: CachedToken,
): Promise<AccessToken | undefined> {
  const sealed = await from.read(key);
  const token = sealed && unsealToken(sealed, proof, key, clock);
  if (token === undefined || clock.monotonic() >= token.expiresAt - margin) return undefined;
  return token.token.reveal() === rejected?.token.reveal() ? undefined : token;
}

/** The warnings about a cache. That it is not used is reported once. */
function createReports(credential: Credential, { kind }: Store, log: Ports['log']) {
  return {
    warn: (error: unknown): void => {
      const message = error instanceof Error ? error.message : typeof error;
      log('token-cache-failed', { cache: kind, message });
    },
    reportUnused: once(() => {
      const message = 'The credential has no secret to seal tokens by; they stay in memory.';
      log('token-cache-unused', { cache: kind, credential: credential.kind, message });
    }),
  };
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
  const { warn, reportUnused } = createReports(credential, store, log);
  const isFresh = (token: AccessToken | undefined): token is AccessToken =>
    token !== undefined && clock.monotonic() < token.refreshAt;

  /**
   * Requests a token from the service and writes it to the cache.
   * @param valid the token of the cache, due for a refresh but still valid: it is used if the service does not respond
   */
  async function renew(
    request: ProviderRequest,
    valid: AccessToken | undefined,
    share: (token: AccessToken) => Promise<void>,
  ): Promise<AccessToken> {
    let token: AccessToken;
    try {
      token = await credential.requestToken(request);
    } catch (error) {
      if (valid === undefined || request.signal?.aborted === true) throw error;
      warn(error);
      return valid;
    }
    await share(token).catch(warn);
    return token;
  }

  /** Returns the token of the cache, or a new one that is requested while no other process requests one. */
  async function requestThroughStore(
    request: ProviderRequest,
    proof: Uint8Array,
    onRequest: () => void,
  ): Promise<AccessToken> {
    const { rejected, claims, signal } = request;
    const key = keyOf(owner, credential.kind, request);
    const cached = { key, proof, rejected, clock };
    // A token with claims is requested because the cached one does not have them.
    const read = async (from: Pick<LockedStore, 'read'>) =>
      claims === undefined ? await readToken(from, cached) : undefined;
    const found = await read(store);
    if (isFresh(found)) return found;
    return await store.exclusively(
      key,
      async (held) => {
        const current = await read(held);
        if (isFresh(current)) return current;
        onRequest();
        return renew(request, current, (token) =>
          held.write(key, sealToken(token, proof, key), token.expiresOnTimestamp),
        );
      },
      signal,
    );
  }

  return {
    async requestToken(request) {
      const proof = await credential.sealingSecret?.();
      if (proof === undefined) {
        reportUnused();
        return credential.requestToken(request);
      }
      let isRequested = false;
      try {
        return await requestThroughStore(request, proof, () => (isRequested = true));
      } catch (error) {
        request.signal?.throwIfAborted();
        // After the service was asked, the error is the service's and not the cache's.
        if (isRequested) throw error;
        warn(error);
        return credential.requestToken(request);
      }
    },
  };
}
