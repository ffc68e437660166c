import { DirectoryError } from '../../errors/directory-error.ts';
import type { CredentialContext } from '../strategy.ts';
import { refusalOf } from '../refusal/token-refusal.ts';
import { exchangeJson } from './exchange-json.ts';

export interface AuthorityMetadata {
  /** The authority as MSAL takes it. */
  readonly authority: string;
  /** The part of its openid-configuration that MSAL reads. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** Hosts beside the authority's own that External ID names as token endpoints of a custom domain. */
const platformHosts = /(?:^|\.)(?:ciamlogin\.com|login\.microsoftonline\.(?:com|us))$/u;

function isTrustedEndpoint(endpoint: unknown, authority: URL): endpoint is string {
  if (typeof endpoint !== 'string' || !URL.canParse(endpoint)) return false;
  const url = new URL(endpoint);
  if (url.protocol !== 'https:' || url.username !== '' || url.password !== '') return false;
  return url.origin === authority.origin || (url.port === '' && platformHosts.test(url.hostname));
}

const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu;

/** The openid-configuration below `base`: its issuer and token endpoint. */
async function discover(
  base: string,
  context: CredentialContext,
  signal: AbortSignal | undefined,
): Promise<{ readonly issuer: string; readonly endpoint: string }> {
  const url = new URL(`${base}/.well-known/openid-configuration`);
  const request = { method: 'GET', url, headers: {}, signal } as const;
  const { response, body } = await exchangeJson(request, context);
  if (response.status !== 200) throw refusalOf(response, body, context);
  const fields = (body ?? {}) as Record<string, unknown>;
  const { issuer, token_endpoint: endpoint } = fields;
  if (typeof issuer !== 'string' || !isTrustedEndpoint(endpoint, context.authority)) {
    throw new DirectoryError(
      'E_PROTOCOL',
      `The openid-configuration below ${base} names no token endpoint on the authority's own host.`,
      { hint: 'Check the authority: it must be the issuer URL that the External ID tenant shows.' },
    );
  }
  return { issuer, endpoint };
}

/**
 * The endpoints of an Entra tenant follow from host and tenant. Stating them saves a request for every token, and
 * keeps MSAL from asking the public cloud about a host that only a private cloud or a sandbox knows.
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

/** The id of a tenant that is named by a domain: asked once, and the tenant's ever after. */
async function tenantId(
  context: CredentialContext,
  signal: AbortSignal | undefined,
): Promise<string> {
  const { authority, tenant, pin = {} } = context;
  if (guid.test(tenant)) return tenant;
  if (pin.found !== undefined) return pin.found;
  const base = `https://${authority.host}/${encodeURIComponent(tenant)}/v2.0`;
  const { endpoint } = await discover(base, context, signal);
  const id = new URL(endpoint).pathname.split('/').find((segment) => guid.test(segment));
  if (id === undefined)
    throw new DirectoryError('E_PROTOCOL', `The service does not say which tenant ${tenant} is.`, {
      hint: 'Give the tenant by its id: Entra admin center › Overview › Tenant ID.',
    });
  context.ports.log('tenant-resolved', { tenant, id });
  // Somebody else may have been faster; whoever came first has said it.
  return (pin.found ??= id.toLowerCase());
}

/** Asked anew for every token, which is once an hour: a moved endpoint is followed within that, but to no other tenant. */
async function discoveredMetadata(
  context: CredentialContext,
  signal: AbortSignal | undefined,
): Promise<AuthorityMetadata> {
  const base = context.authority.href.replace(/\/+$/u, '');
  const { issuer, endpoint } = await discover(base, context, signal);
  const { pin = {} } = context;
  if (issuer !== (pin.found ??= issuer))
    throw new DirectoryError(
      'E_PROTOCOL',
      `The issuer of ${base} was ${pin.found} and is now ${issuer}: another directory.`,
      { hint: 'Find out who moved the domain; start the program anew if it was meant.' },
    );
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

/** Where this tenant's tokens come from. */
export async function metadataOf(
  context: CredentialContext,
  signal: AbortSignal | undefined,
): Promise<AuthorityMetadata> {
  return context.protocol === 'oidc'
    ? discoveredMetadata(context, signal)
    : entraMetadata(context, await tenantId(context, signal));
}
