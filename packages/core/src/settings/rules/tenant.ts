import type { Checked } from '../report.ts';
import { guidOf, resemblesGuid } from '../../guid.ts';
import { holdsPlaceholder, placeholderProblem, whereToFind } from './placeholder.ts';

/** Names of no directory: an application has no token from them. The GUID is personal accounts' own tenant. */
const pseudoTenants: ReadonlySet<string> = new Set([
  'common',
  'organizations',
  'consumers',
  '9188040d-6c67-4c5b-b112-36a304b66dad',
]);

const domain = /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/u;

/** Checks one tenant: a GUID, or a domain of it (https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow). */
export function checkTenant(text: string): Checked<string> {
  if (holdsPlaceholder(text)) return { problem: placeholderProblem('tenant') };
  const tenant = guidOf(text) ?? text.trim().toLowerCase();
  const hint = whereToFind('tenant');
  if (pseudoTenants.has(tenant)) {
    const message = `${tenant} is not a directory; an application signs in to one`;
    return { problem: { message, hint } };
  }
  if (guidOf(tenant) !== undefined || domain.test(tenant)) return { value: tenant };
  const message = resemblesGuid(tenant)
    ? 'is almost a GUID: a digit is missing, too many or wrong'
    : 'is neither a GUID nor a domain such as contoso.onmicrosoft.com';
  return { problem: { message, hint } };
}
