import { cloudHosts } from '../identity/tenant/cloud.ts';
import type { SandboxOptions } from '../sandbox.ts';
import type { CertificateAuthority, CertifiedKey } from '../tls/certificates.ts';
import type { TenantContext } from './tenant-context.ts';

/** The authority of a sandbox, and the certificate of its origin. */
export interface Certificates {
  /** Names besides loopback's that clients may call the origin by. */
  readonly hostNames: readonly string[];
  readonly authority: CertificateAuthority;
  readonly certificate: CertifiedKey;
  /** Makes another authority, which clients do not trust. */
  readonly makeAuthority: () => Promise<CertificateAuthority>;
}

export async function createCertificates(
  options: SandboxOptions,
  { clock }: TenantContext,
): Promise<Certificates> {
  const hostNames = [...cloudHosts, '*.ciamlogin.com', ...(options.hostNames ?? [])];
  // Loaded here, because it takes a tenth of a second in which RSA pairs are made on other threads.
  const certificates = await import('../tls/certificates.ts');
  const makeAuthority = (): Promise<CertificateAuthority> =>
    certificates.makeAuthority(new Date(clock.now()));
  const authority = await makeAuthority();
  return {
    hostNames,
    authority,
    makeAuthority,
    certificate: await authority.issue({ hostNames }),
  };
}
