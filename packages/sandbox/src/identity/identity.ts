import type { Answer, Call } from '../http/handler.ts';
import { createAccessTokenVerifier } from './tokens/access-token-verifier.ts';
import type { VerifyAccessToken } from './tokens/access-token-verdict.ts';
import { discoverInstance, openidConfiguration, publishedKeys } from './discovery/discovery.ts';
import { identityHeaders } from './refusal/identity-headers.ts';
import { refusalAnswer } from './refusal/refusal-answer.ts';
import type { SigningKey } from './tokens/signing-key.ts';
import { isTenant, isTenantName, pseudoTenantId } from './tenant/tenant.ts';
import {
  createTokenEndpoint,
  type Describe,
  type TokenEndpointParts,
} from './token-endpoint/token-endpoint.ts';
import { TokenRefusal } from './refusal/token-refusal.ts';

export interface Identity {
  handle(call: Call, describe: Describe): Promise<Answer>;
  readonly verifyAccessToken: VerifyAccessToken;
}

export interface IdentityParts extends Omit<TokenEndpointParts, 'signingKey'> {
  /** Newest first: it signs; all are published. A change is a new array. */
  signingKeys(): readonly SigningKey[];
}

type Endpoint = (call: Call, describe: Describe, name?: string) => Answer | Promise<Answer>;

/** Entra's part of the origin: discovery, keys and tokens of one tenant. */
export function createIdentity(parts: IdentityParts): Identity {
  const { tenant, clock } = parts;
  const signingKey = (): SigningKey => {
    const [newest] = parts.signingKeys();
    if (newest === undefined) throw new Error('the tenant has no signing key');
    return newest;
  };
  const keys: Endpoint = (call, _, name) => publishedKeys(call, tenant, parts.signingKeys(), name);
  const token = createTokenEndpoint({ ...parts, signingKey });
  /** Described for pseudo-tenants too. By what follows `/{tenant}`. */
  const discovery: Readonly<Record<string, Endpoint>> = {
    '/.well-known/openid-configuration': (call, _, name) =>
      openidConfiguration(call, tenant, 1, name),
    '/v2.0/.well-known/openid-configuration': (call, _, name) =>
      openidConfiguration(call, tenant, 2, name),
    '/discovery/keys': keys,
    '/discovery/v2.0/keys': keys,
  };
  const tokens: Readonly<Record<string, Endpoint>> = {
    '/oauth2/token': (call, describe) => token(call, describe, 1),
    '/oauth2/v2.0/token': (call, describe) => token(call, describe, 2),
  };

  const route = (call: Call, describe: Describe): Answer | Promise<Answer> => {
    const path = decodeURIComponent(call.url.pathname);
    if (path === '/common/discovery/instance') return discoverInstance(call, tenant);
    const [, name = '', rest = ''] = /^\/([^/]*)(.*)$/u.exec(path) ?? [];
    const endpoint = discovery[rest] ?? tokens[rest];
    if (endpoint === undefined) return { status: 404, headers: identityHeaders(call) };
    if (pseudoTenantId(name) !== undefined) {
      const described = discovery[rest];
      if (described !== undefined) return described(call, describe, name.toLowerCase());
      throw new TokenRefusal(name.toLowerCase() === 'consumers' ? 'pseudoTenant' : 'noTenant');
    }
    if (!isTenantName(name)) throw new TokenRefusal('malformedTenant', { tenant: name });
    if (!isTenant(tenant, name)) throw new TokenRefusal('unknownTenant', { tenant: name });
    return endpoint(call, describe);
  };

  return {
    async handle(call, describe) {
      try {
        return await route(call, describe);
      } catch (error) {
        if (error instanceof URIError) return { status: 400, headers: identityHeaders(call) };
        if (!(error instanceof TokenRefusal)) throw error;
        // Discovery names the same refusal otherwise than the token endpoint does.
        const isDiscovery = call.url.pathname.endsWith('/openid-configuration');
        const name =
          isDiscovery && [90_002, 900_023].includes(error.kind.number)
            ? 'invalid_tenant'
            : error.kind.error;
        return refusalAnswer(error, call, new Date(clock.now()), name);
      }
    },
    verifyAccessToken: createAccessTokenVerifier({
      clock,
      keys: () => parts.signingKeys(),
      audiences: parts.resources
        .filter(({ isGraph }) => isGraph === true)
        .flatMap(({ identifiers }) => identifiers),
    }),
  };
}
