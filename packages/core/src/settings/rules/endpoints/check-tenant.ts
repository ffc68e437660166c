import { isGuid, parseGuid, resemblesGuid } from '../../../guid.ts';
import type { Checked } from '../../collect-issues.ts';
import { holdsPlaceholder, placeholderProblem, whereToFind } from '../placeholder.ts';

/**
 * Not a single tenant, so that they issue no app-only tokens. The GUID is the tenant of personal Microsoft accounts.
 */
const pseudoTenants: ReadonlySet<string> = new Set([
  'common',
  'organizations',
  'consumers',
  '9188040d-6c67-4c5b-b112-36a304b66dad',
]);

const domain = /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/u;

/**
 * Checks one tenant: a GUID or a domain
 * (https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow).
 */
export function checkTenant(text: string): Checked<string> {
  if (holdsPlaceholder(text)) return { problem: placeholderProblem('tenant') };
  const tenant = parseGuid(text) ?? text.trim().toLowerCase();
  const hint = whereToFind('tenant');
  if (pseudoTenants.has(tenant)) {
    const message = `"${tenant}" cannot be used with app-only sign-in`;
    return { problem: { message, hint } };
  }
  if (isGuid(tenant) || domain.test(tenant)) return { value: tenant };
  const message = resemblesGuid(tenant)
    ? 'is not a valid GUID: a digit is missing, wrong or too many'
    : 'is neither a GUID nor a domain such as contoso.onmicrosoft.com';
  return { problem: { message, hint } };
}
