import { ProtocolError } from '../../errors/protocol-error.ts';
import { isGuid } from '../../guid.ts';
import type { CredentialContext } from '../strategy.ts';
import { tokenErrorOf } from '../token-response/token-error-of.ts';
import { sendJson } from './send-json.ts';

export interface AuthorityMetadata {
  /** The authority in the form that MSAL requires. */
  readonly authority: string;
  /** The values of the openid-configuration that MSAL reads. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** Hosts that External ID uses as token endpoints of a custom domain, in addition to the host of the authority. */
const platformHosts = /(?:^|\.)(?:ciamlogin\.com|login\.microsoftonline\.(?:com|us))$/u;

function isTrustedEndpoint(endpoint: unknown, authority: URL): endpoint is string {
  if (typeof endpoint !== 'string' || !URL.canParse(endpoint)) return false;
  const url = new URL(endpoint);
  if (url.protocol !== 'https:' || url.username !== '' || url.password !== '') return false;
  return url.origin === authority.origin || (url.port === '' && platformHosts.test(url.hostname));
}

/** Reads issuer and token endpoint from the openid-configuration below `base`. */
async function discover(
  base: string,
  context: CredentialContext,
  signal: AbortSignal | undefined,
): Promise<{ readonly issuer: string; readonly endpoint: string }> {
  const url = new URL(`${base}/.well-known/openid-configuration`);
  const request = { method: 'GET', url, headers: {}, signal } as const;
  const { response, body } = await sendJson(request, context);
  if (response.status !== 200) throw tokenErrorOf(response, body, context);
  const fields = (body ?? {}) as Record<string, unknown>;
  const { issuer, token_endpoint: endpoint } = fields;
  if (typeof issuer !== 'string' || !isTrustedEndpoint(endpoint, context.authority)) {
    throw new ProtocolError('', {
      message: `The discovery document of ${base} names no token endpoint on the host of the authority.`,
      hint: 'Check the authority: it must be the issuer URL of the External ID tenant.',
    });
  }
  return { issuer, endpoint };
}

/**
 * Returns the endpoints of an Entra tenant, which follow from host and tenant. Passing them to MSAL saves a request
 * for each token, and prevents MSAL from asking the public cloud about the host of a private cloud or of the sandbox.
 */
function entraMetadata({ authority }: CredentialContext, tenant: string): AuthorityMetadata {
  const base = `https://${authority.host}/${encodeURIComponent(tenant)}`;
  return {
    authority: `${base}/`,
    metadata: {
      issuer: `${base}/v2.0`,
      authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
      token_endpoint: `${base}/oauth2/v2.0/token`,
      jwks_uri: `${base}/discovery/v2.0/keys`,
    },
  };
}

/** Returns the ID of a tenant that is configured by its domain. It is requested once and then kept. */
async function tenantId(
  context: CredentialContext,
  signal: AbortSignal | undefined,
): Promise<string> {
  const { authority, tenant, pin = {} } = context;
  if (isGuid(tenant)) return tenant;
  if (pin.found !== undefined) return pin.found;
  const base = `https://${authority.host}/${encodeURIComponent(tenant)}/v2.0`;
  const { endpoint } = await discover(base, context, signal);
  const id = new URL(endpoint).pathname.split('/').find((segment) => isGuid(segment));
  if (id === undefined)
    throw new ProtocolError('', {
      message: `The discovery document does not contain the id of the tenant ${tenant}.`,
      hint: 'Set tenant to its id: Entra admin center › Overview › Tenant ID.',
    });
  context.ports.log('tenant-resolved', { tenant, id });
  // A concurrent request may have found the id first: the first result is kept.
  return (pin.found ??= id.toLowerCase());
}

/** Reads the endpoints for each token request, so that a moved endpoint is used. A changed issuer is an error. */
async function discoveredMetadata(
  context: CredentialContext,
  signal: AbortSignal | undefined,
): Promise<AuthorityMetadata> {
  const base = context.authority.href.replace(/\/+$/u, '');
  const { issuer, endpoint } = await discover(base, context, signal);
  const { pin = {} } = context;
  if (issuer !== (pin.found ??= issuer))
    throw new ProtocolError('', {
      message: `The issuer of ${base} changed from ${pin.found} to ${issuer}, which is another directory.`,
      hint: 'Find out why the domain was moved. Restart the program if the change is intended.',
    });
  return {
    authority: `${base}/`,
    metadata: {
      issuer,
      token_endpoint: endpoint,
      authorization_endpoint: endpoint,
      jwks_uri: endpoint,
    },
  };
}

/** Returns the endpoints that issue the tokens of the tenant. */
export async function metadataOf(
  context: CredentialContext,
  signal: AbortSignal | undefined,
): Promise<AuthorityMetadata> {
  return context.protocol === 'oidc'
    ? discoveredMetadata(context, signal)
    : entraMetadata(context, await tenantId(context, signal));
}
