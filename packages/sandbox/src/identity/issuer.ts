import type { Call } from '../http/handler.ts';
import { cloudOf } from './cloud.ts';
import type { Tenant } from './tenant.ts';

const loopback: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * Who issues version 2 tokens, to whoever calls the tenant by this name. An External ID tenant stays its own issuer,
 * named by its id, also where its people see a custom domain (MSAL.js #8592, MSAL Android #2029).
 */
export function issuerOf({ url }: Call, tenant: Tenant): string {
  const isExternalId = !loopback.has(url.hostname) && cloudOf(url.hostname) === undefined;
  const host = isExternalId ? `${tenant.id}.ciamlogin.com` : url.host;
  return `https://${host}/${tenant.id}/v2.0`;
}
