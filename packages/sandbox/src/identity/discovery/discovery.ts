import type { Answer, Call } from '../../http/handler.ts';
import { cloudOf, clouds, type Cloud } from '../tenant/cloud.ts';
import { identityHeaders } from '../refusal/identity-headers.ts';
import { issuerOf } from '../tenant/issuer.ts';
import type { SigningKey } from '../tokens/signing-key.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { TokenRefusal } from '../refusal/token-refusal.ts';

const cacheable = { 'cache-control': 'max-age=86400, private' };

interface AuthorityEntry {
  readonly preferred_network: string;
  readonly preferred_cache: string;
  readonly aliases: readonly string[];
}

function json(call: Call, body: unknown): Answer {
  return {
    status: 200,
    headers: { ...identityHeaders(call), ...cacheable, 'access-control-allow-origin': '*' },
    body: JSON.stringify(body),
  };
}

function authorityEntry({ loginHosts }: Cloud): AuthorityEntry {
  const [preferred = '', older = preferred] = loginHosts;
  return {
    preferred_network: preferred,
    // Clients of the global cloud use its older name as the key of their caches.
    preferred_cache: preferred === 'login.microsoftonline.com' ? older : preferred,
    aliases: loginHosts,
  };
}

/**
 * Tells a client whether a host is a known authority, and its aliases. The sandbox's own origin is one.
 * @throws {TokenRefusal} 50049 for an unknown host
 */
export function discoverInstance(call: Call, tenant: Tenant): Answer {
  const asked = call.url.searchParams.get('authorization_endpoint') ?? '';
  const host = URL.canParse(asked) ? new URL(asked).host : '';
  const own = call.url.host;
  // MSAL Python asks for an authority's host without its port.
  const aliases = [...new Set([own, call.url.hostname])];
  const metadata: readonly AuthorityEntry[] = [
    { preferred_network: own, preferred_cache: own, aliases },
    ...Object.values<Cloud>(clouds).map(authorityEntry),
  ];
  if (!metadata.some((cloud) => cloud.aliases.includes(host)))
    throw new TokenRefusal('invalidInstance');
  return json(call, {
    tenant_discovery_endpoint: `${call.url.origin}/${tenant.id}/v2.0/.well-known/openid-configuration`,
    'api-version': '1.1',
    metadata,
  });
}

/** The tenant's endpoints, at `/{tenant}/v2.0/.well-known/openid-configuration` and without `v2.0`. */
export function openidConfiguration(call: Call, tenant: Tenant): Answer {
  const base = `${call.url.origin}/${tenant.id}`;
  const cloud: Cloud = cloudOf(call.url.hostname) ?? clouds.global;
  return json(call, {
    token_endpoint: `${base}/oauth2/v2.0/token`,
    token_endpoint_auth_methods_supported: [
      'client_secret_post',
      'private_key_jwt',
      'client_secret_basic',
    ],
    jwks_uri: `${base}/discovery/v2.0/keys`,
    response_modes_supported: ['query', 'fragment', 'form_post'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    response_types_supported: ['code', 'id_token', 'code id_token', 'id_token token'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    issuer: issuerOf(call, tenant),
    request_uri_parameter_supported: false,
    userinfo_endpoint: `https://${cloud.graphHosts[0]}/oidc/userinfo`,
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    http_logout_supported: true,
    frontchannel_logout_supported: true,
    end_session_endpoint: `${base}/oauth2/v2.0/logout`,
    claims_supported: ['sub', 'iss', 'aud', 'exp', 'iat', 'tid', 'ver', 'oid'],
    tenant_region_scope: 'EU',
    cloud_instance_name: cloud.instanceName,
    cloud_graph_host_name: 'graph.windows.net',
    msgraph_host: cloud.graphHosts[0],
    rbac_url: 'https://pas.windows.net',
  });
}

/** The public keys that tokens are signed with, each with the issuer that it serves. */
export function publishedKeys(call: Call, tenant: Tenant, keys: readonly SigningKey[]): Answer {
  const issuer = issuerOf(call, tenant);
  return json(call, { keys: keys.map(({ jwk }) => ({ ...jwk, issuer })) });
}
