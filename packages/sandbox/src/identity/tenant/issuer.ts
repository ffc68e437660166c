import type { Call } from '../../http/handler.ts';
import { cloudOf, clouds } from './cloud.ts';
import type { Tenant } from './tenant.ts';

const loopback: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** Returns the issuer of version 1 tokens, which the v1 discovery document names. */
export function olderIssuerOf({ url }: Call, id: string): string {
  return `${cloudOf(url.hostname)?.tokenIssuer ?? clouds.global.tokenIssuer}/${id}/`;
}

/**
 * Returns the issuer of version 2 tokens for the name by which a client calls the tenant. The issuer of an External ID
 * tenant is named by the tenant ID, also if clients use a custom domain (MSAL.js #8592, MSAL Android #2029).
 */
export function issuerOf({ url }: Call, tenant: Pick<Tenant, 'id'>): string {
  const isExternalId = !loopback.has(url.hostname) && cloudOf(url.hostname) === undefined;
  const host = isExternalId ? `${tenant.id}.ciamlogin.com` : url.host;
  return `https://${host}/${tenant.id}/v2.0`;
}
