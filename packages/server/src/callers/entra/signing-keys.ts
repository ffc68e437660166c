import { importJWK, type CryptoKey, type JWK } from 'jose';
import { z } from 'zod';

import type { FetchJson } from './fetch-json.ts';

/** A public key of the tenant, ready for use. */
export interface SigningKey {
  readonly key: CryptoKey;
  /** The issuer that the key is published for, with `{tenantid}` in place of the tenant, if it names one. */
  readonly issuer: string | undefined;
}

/** The public keys of one tenant. */
export interface SigningKeys {
  /**
   * Returns the key of a token's header; undefined when the tenant does not publish it.
   * @throws {Error} when no keys could be read yet, or the last ones are too old
   */
  find(kid: string): Promise<SigningKey | undefined>;
}

export interface SigningKeysOptions {
  readonly url: URL;
  readonly fetchJson: FetchJson;
  /** In milliseconds. */
  readonly monotonic: () => number;
  readonly onError?: ((reason: string) => void) | undefined;
}

const minute = 60_000;
const hour = 60 * minute;

/** Keys are read again after an hour, as in Azure API Management. */
const maxAge = hour;
/** A token with an unknown key causes one request, but not more than one in five minutes. */
const cooldown = 5 * minute;
/** After a failure the keys are requested again after half a minute. */
const pauseAfterFailure = 30_000;
/** While the endpoint does not respond, the last keys are used for a day. */
const outage = 24 * hour;
const mostKeys = 100;

const keyDocument = z.object({ keys: z.array(z.record(z.string(), z.unknown())).max(mostKeys) });

/** Only RSA keys for signatures, of at least 2048 bits. */
const rsaKey = z.object({
  kty: z.literal('RSA'),
  kid: z.string().min(1),
  n: z.string().refine((n) => Buffer.from(n, 'base64url').length >= 256),
  e: z.string(),
  use: z.literal('sig').optional(),
  issuer: z.string().optional(),
});

async function readKeys(document: unknown): Promise<ReadonlyMap<string, SigningKey>> {
  const keys = new Map<string, SigningKey>();
  for (const entry of keyDocument.parse(document).keys) {
    const parsed = rsaKey.safeParse(entry);
    if (!parsed.success) continue;
    const { kty, n, e, kid, issuer } = parsed.data;
    const jwk: JWK = { kty, n, e, alg: 'RS256' };
    keys.set(kid, { key: (await importJWK(jwk)) as CryptoKey, issuer });
  }
  if (keys.size === 0) throw new Error('the document contains no usable key');
  return keys;
}

/**
 * Keeps the public keys of a tenant. One request is shared by all who wait. A document that cannot be read never
 * replaces a valid one; a key that is no longer published is refused within an hour.
 */
export function createSigningKeys(options: SigningKeysOptions): SigningKeys {
  const { url, fetchJson, monotonic, onError } = options;
  let keys: ReadonlyMap<string, SigningKey> | undefined;
  let readAt = Number.NEGATIVE_INFINITY;
  let requestedAt = Number.NEGATIVE_INFINITY;
  let hasFailed = false;
  let pending: Promise<void> | undefined;

  async function read(): Promise<void> {
    requestedAt = monotonic();
    try {
      keys = await readKeys(await fetchJson(url));
      readAt = monotonic();
      hasFailed = false;
    } catch (error) {
      hasFailed = true;
      onError?.(error instanceof Error ? error.message : typeof error);
    }
  }

  async function refresh(): Promise<void> {
    pending ??= read().finally(() => {
      pending = undefined;
    });
    await pending;
  }

  return {
    async find(kid) {
      const since = monotonic() - requestedAt;
      const isDue = monotonic() - readAt >= maxAge && (!hasFailed || since >= pauseAfterFailure);
      if (pending !== undefined || isDue) await refresh();
      else if (keys?.has(kid) === false && since >= cooldown) await refresh();
      if (keys === undefined || monotonic() - readAt >= outage)
        throw new Error('the signing keys cannot be read');
      return keys.get(kid);
    },
  };
}
