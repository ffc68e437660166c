import type { Answer, Call } from '../http/handler.ts';
import { createAccessTokenVerifier } from './tokens/access-token-verifier.ts';
import type { VerifyAccessToken } from './tokens/access-token-verdict.ts';
import { discoverInstance, openidConfiguration, publishedKeys } from './discovery/discovery.ts';
import { identityHeaders } from './refusal/identity-headers.ts';
import { refusalAnswer } from './refusal/refusal-answer.ts';
import type { SigningKey } from './tokens/signing-key.ts';
import { isTenant } from './tenant/tenant.ts';
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

/** Names that mean no tenant in particular; an application without a user cannot use them. */
const pseudoTenants = new Set(['common', 'organizations', 'consumers']);

type Endpoint = (call: Call, describe: Describe) => Answer | Promise<Answer>;

/** Entra's part of the origin: discovery, keys and tokens of one tenant. */
export function createIdentity(parts: IdentityParts): Identity {
  const { tenant, clock } = parts;
  const signingKey = (): SigningKey => {
    const [newest] = parts.signingKeys();
    if (newest === undefined) throw new Error('the tenant has no signing key');
    return newest;
  };
  const configuration: Endpoint = (call) => openidConfiguration(call, tenant);
  const keys: Endpoint = (call) => publishedKeys(call, tenant, parts.signingKeys());
  const token = createTokenEndpoint({ ...parts, signingKey });
  /** By what follows `/{tenant}`. */
  const endpoints: Readonly<Record<string, Endpoint>> = {
    '/.well-known/openid-configuration': configuration,
    '/v2.0/.well-known/openid-configuration': configuration,
    '/discovery/keys': keys,
    '/discovery/v2.0/keys': keys,
    '/oauth2/v2.0/token': token,
  };

  const route = (call: Call, describe: Describe): Answer | Promise<Answer> => {
    const path = decodeURIComponent(call.url.pathname);
    if (path === '/common/discovery/instance') return discoverInstance(call, tenant);
    const [, name = '', rest = ''] = /^\/([^/]*)(.*)$/u.exec(path) ?? [];
    const endpoint = endpoints[rest];
    if (endpoint === undefined) return { status: 404, headers: identityHeaders(call) };
    if (pseudoTenants.has(name.toLowerCase())) throw new TokenRefusal('pseudoTenant');
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
          isDiscovery && error.kind.number === 90_002 ? 'invalid_tenant' : error.kind.error;
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
