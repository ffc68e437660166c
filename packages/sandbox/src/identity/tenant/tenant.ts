/** The one tenant that the sandbox is. */
export interface Tenant {
  /** A GUID. */
  readonly id: string;
  readonly displayName: string;
  /** Verified domains; the first is the default one. */
  readonly domains: readonly string[];
}

/** Names that mean no tenant in particular, each with the id that discovery and issuers give in place of a tenant's. */
const pseudoTenants: ReadonlyMap<string, string> = new Map([
  ['common', '{tenantid}'],
  ['organizations', '{tenantid}'],
  // The tenant of personal accounts.
  ['consumers', '9188040d-6c67-4c5b-b112-36a304b66dad'],
]);

/** Returns what replaces the id of a pseudo-tenant in its issuer; undefined for any other name. */
export function pseudoTenantId(name: string): string | undefined {
  return pseudoTenants.get(name.toLowerCase());
}

/** Whether `name` can be a tenant: a GUID or a DNS name with a dot. */
export function isTenantName(name: string): boolean {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu.test(name) || name.includes('.');
}

/** Whether `name`, the first part of an authority's path, means this tenant: its GUID or one of its domains. */
export function isTenant(tenant: Tenant, name: string): boolean {
  const wanted = name.toLowerCase();
  return tenant.id === wanted || tenant.domains.some((domain) => domain.toLowerCase() === wanted);
}
