import { TokenRefusal } from '../refusal/token-refusal.ts';

/** What a `claims` parameter asks of an access token. */
export interface ClaimsRequest {
  /** The client can handle a claims challenge, so its token may live long (`xms_cc` holds `cp1`). */
  readonly continuous: boolean;
  /** From a challenge: the token must not be older than this, in seconds since 1970. */
  readonly notBefore?: number | undefined;
}

interface AccessTokenRequest {
  readonly xms_cc?: { readonly values?: readonly unknown[] };
  readonly nbf?: { readonly value?: unknown };
}

/** @throws {TokenRefusal} when it is not a JSON object */
export function readClaimsRequest(claims: string | undefined): ClaimsRequest {
  if (claims === undefined || claims === '') return { continuous: false };
  let parsed: unknown;
  try {
    parsed = JSON.parse(claims);
  } catch {
    parsed = undefined;
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
    throw new TokenRefusal('repeatedParameter', { parameter: 'claims' });
  const wanted = (parsed as { access_token?: AccessTokenRequest | null }).access_token ?? {};
  const nbf = Number(wanted.nbf?.value);
  return {
    continuous: wanted.xms_cc?.values?.includes('cp1') === true,
    notBefore: Number.isFinite(nbf) ? nbf : undefined,
  };
}
