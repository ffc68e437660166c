/** The one tenant that the sandbox is. */
export interface Tenant {
  /** A GUID. */
  readonly id: string;
  readonly displayName: string;
  /** Verified domains; the first is the default one. */
  readonly domains: readonly string[];
}

/** Whether `name`, the first part of an authority's path, means this tenant: its GUID or one of its domains. */
export function isTenant(tenant: Tenant, name: string): boolean {
  const wanted = name.toLowerCase();
  return tenant.id === wanted || tenant.domains.some((domain) => domain.toLowerCase() === wanted);
}
