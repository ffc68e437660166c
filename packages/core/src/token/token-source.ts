import { DirectoryError } from '../errors/directory-error.ts';
import type { Clock, Ports } from '../ports.ts';
import type { AccessToken, TokenRequest } from '../credential/access-token.ts';
import {
  type CallerLimits,
  createPendingToken,
  type OnRetry,
  type PendingToken,
} from './pending-token.ts';

/** What a caller needs a token for, and how long it waits. */
export interface CallerRequest extends Omit<TokenRequest, 'signal' | 'onRetry'>, CallerLimits {}

/** Provides tokens: from memory while they are valid, otherwise from the service, with one request for all callers. */
export interface TokenSource {
  /**
   * @throws {DirectoryError} of category `authentication` when refused, `service` when there was no response within
   *   the limits of the caller, or would be none
   */
  getToken(request: CallerRequest): Promise<AccessToken>;
  /** Forgets a token that the service rejected with 401, unless it was already replaced. */
  reject(token: AccessToken): void;
}

/** What a token source requests new tokens from: a credential, or a cache that processes share in front of one. */
export interface TokenProvider {
  /** `rejected` is a token that the service no longer accepts; the provider must not return it. */
  requestToken(
    request: TokenRequest & { readonly rejected?: AccessToken | undefined },
  ): Promise<AccessToken>;
}

/** The state of one set of scopes. */
interface Entry {
  token?: AccessToken | undefined;
  rejected?: AccessToken | undefined;
  /** Before this monotonic time the token is not refreshed again. */
  notBefore: number;
  /** The pending requests, by the claims that they ask for; '' for none. */
  readonly inFlight: Map<string, PendingToken>;
}

/** A token is not used in its last 30 seconds: it must still be valid when the request arrives at the service. */
const margin = 30_000;
/** The pause between two attempts to refresh a token that is still valid, as in the `tokenCycler` of Azure's SDK. */
const refreshPause = 3_000;

function isUsable(token: AccessToken | undefined, clock: Clock): token is AccessToken {
  return (
    token !== undefined &&
    clock.monotonic() < token.expiresAt - margin &&
    clock.wall() < token.expiresOnTimestamp - margin
  );
}

/** Requests a new token and stores it in `entry`. */
async function renew(
  entry: Entry,
  { scopes, claims }: TokenRequest,
  provider: TokenProvider,
  options: { readonly signal: AbortSignal; readonly onRetry: OnRetry },
): Promise<AccessToken> {
  const { rejected } = entry;
  const token = await provider.requestToken({ scopes, claims, rejected, ...options });
  entry.token = token;
  if (entry.rejected === rejected) entry.rejected = undefined;
  return token;
}

/**
 * Keeps one token per set of scopes. From `refreshAt` on it is refreshed in the background; if that fails, it is used
 * until 30 s before it expires. Callers without a valid token wait for one shared request.
 *
 * Lifetimes are measured with the monotonic clock, and with the wall clock too, because the monotonic one stops while a
 * laptop sleeps. A token has expired if either clock says so; changing the wall clock costs one request.
 */
export function createTokenSource(
  provider: TokenProvider,
  { clock, log }: Pick<Ports, 'clock' | 'log'>,
): TokenSource & AsyncDisposable {
  const entries = new Map<string, Entry>();
  const closing = new AbortController();

  function entryOf(scopes: readonly string[]): Entry {
    const key = scopes.toSorted().join(' ');
    const known = entries.get(key);
    if (known !== undefined) return known;
    const entry: Entry = { notBefore: 0, inFlight: new Map() };
    entries.set(key, entry);
    return entry;
  }

  function secondsLeftOf(token: AccessToken): number {
    return Math.round((token.expiresAt - clock.monotonic()) / 1000);
  }

  /** Returns the pending token request, or starts one. Callers share it: the abort of one caller does not end it. */
  function requestShared(entry: Entry, request: TokenRequest): PendingToken {
    const key = request.claims ?? '';
    const pending = entry.inFlight.get(key);
    if (pending !== undefined) return pending;
    const { signal } = closing;
    const started = createPendingToken(
      (onRetry) =>
        renew(entry, request, provider, { signal, onRetry })
          .then((token) => {
            log('token-received', { secondsLeft: secondsLeftOf(token) });
            return token;
          })
          .finally(() => entry.inFlight.delete(key)),
      clock,
    );
    entry.inFlight.set(key, started);
    return started;
  }

  /** Starts a request in the background if the token, which is still valid, is due for one. */
  function refresh(entry: Entry, request: CallerRequest, token: AccessToken): void {
    if (clock.monotonic() < Math.max(token.refreshAt, entry.notBefore)) return;
    if (entry.inFlight.has('')) return;
    requestShared(entry, { scopes: request.scopes }).token.catch((error: unknown) => {
      entry.notBefore = clock.monotonic() + refreshPause;
      if (closing.signal.aborted) return;
      log('token-refresh-failed', {
        code: error instanceof DirectoryError ? error.code : 'unknown',
        message: error instanceof Error ? error.message : typeof error,
        secondsLeft: secondsLeftOf(token),
      });
    });
  }

  return {
    async getToken(request) {
      request.signal?.throwIfAborted();
      closing.signal.throwIfAborted();
      const entry = entryOf(request.scopes);
      const { token } = entry;
      if (request.claims === undefined && isUsable(token, clock)) {
        refresh(entry, request, token);
        return token;
      }
      const { scopes, claims, ...limits } = request;
      return requestShared(entry, { scopes, claims }).wait(limits);
    },
    reject(token) {
      for (const entry of entries.values()) {
        if (entry.token !== token) continue;
        entry.token = undefined;
        entry.rejected = token;
      }
    },
    async [Symbol.asyncDispose]() {
      closing.abort(new Error('The token source is closed.'));
      for (const { inFlight } of entries.values())
        await Promise.allSettled(Array.from(inFlight.values(), (pending) => pending.token));
    },
  };
}
