import type { Answer, Call } from '../../http/handler.ts';
import { cloudOf, clouds, type Cloud } from '../tenant/cloud.ts';
import { identityHeaders } from '../refusal/identity-headers.ts';
import { issuerOf, olderIssuerOf } from '../tenant/issuer.ts';
import type { SigningKey } from '../tokens/signing-key.ts';
import { pseudoTenantId, type Tenant } from '../tenant/tenant.ts';
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

/** Which generation of the endpoints a discovery document describes. */
export type EndpointVersion = 1 | 2;

/** The claims that Entra's documents list. */
const claims =
  'sub iss cloud_instance_name cloud_instance_host_name cloud_graph_host_name msgraph_host aud exp iat auth_time acr nonce preferred_username name tid ver at_hash c_hash email';

/** What the two documents have in common. */
function capabilities(cloud: Cloud): Record<string, unknown> {
  return {
    token_endpoint_auth_methods_supported: [
      'client_secret_post',
      'private_key_jwt',
      'client_secret_basic',
      'self_signed_tls_client_auth',
    ],
    response_modes_supported: ['query', 'fragment', 'form_post'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    request_uri_parameter_supported: false,
    http_logout_supported: true,
    frontchannel_logout_supported: true,
    claims_supported: claims.split(' '),
    cloud_instance_name: cloud.instanceName,
    cloud_graph_host_name: 'graph.windows.net',
    msgraph_host: cloud.graphHosts[0],
    rbac_url: 'https://pas.windows.net',
  };
}

/**
 * Returns the endpoints of a tenant or a pseudo-tenant: `/{name}/v2.0/.well-known/openid-configuration` (version 2), or
 * the same path without `v2.0` (version 1).
 * @param name of a pseudo-tenant; undefined for the tenant
 */
export function openidConfiguration(
  call: Call,
  tenant: Tenant,
  version: EndpointVersion,
  name?: string,
): Answer {
  const base = `${call.url.origin}/${name ?? tenant.id}`;
  const id = name === undefined ? tenant.id : (pseudoTenantId(name) ?? name);
  const cloud: Cloud = cloudOf(call.url.hostname) ?? clouds.global;
  const folder = version === 2 ? `${base}/oauth2/v2.0` : `${base}/oauth2`;
  const newer = {
    issuer: issuerOf(call, { id }),
    jwks_uri: `${base}/discovery/v2.0/keys`,
    response_types_supported: ['code', 'id_token', 'code id_token', 'id_token token'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    userinfo_endpoint: `https://${cloud.graphHosts[0]}/oidc/userinfo`,
    device_authorization_endpoint: `${folder}/devicecode`,
    kerberos_endpoint: `${base}/kerberos`,
  };
  const older = {
    issuer: olderIssuerOf(call, id),
    jwks_uri: `${base}/discovery/keys`,
    response_types_supported: ['code', 'id_token', 'code id_token', 'token id_token', 'token'],
    scopes_supported: ['openid'],
    microsoft_multi_refresh_token: true,
    userinfo_endpoint: `${base}/openid/userinfo`,
    check_session_iframe: `${folder}/checksession`,
    device_authorization_endpoint: `${folder}/devicecode`,
  };
  return json(call, {
    token_endpoint: `${folder}/token`,
    authorization_endpoint: `${folder}/authorize`,
    end_session_endpoint: `${folder}/logout`,
    ...(version === 2 ? newer : older),
    ...capabilities(cloud),
    tenant_region_scope: name === undefined ? 'EU' : null,
  });
}

/**
 * Returns the public keys that tokens are signed with, each with the issuer that it serves.
 * @param name of a pseudo-tenant; undefined for the tenant
 */
export function publishedKeys(
  call: Call,
  tenant: Tenant,
  keys: readonly SigningKey[],
  name?: string,
): Answer {
  const id = name === undefined ? tenant.id : (pseudoTenantId(name) ?? name);
  const issuer = issuerOf(call, { id });
  return json(call, { keys: keys.map(({ jwk }) => ({ ...jwk, issuer })) });
}
