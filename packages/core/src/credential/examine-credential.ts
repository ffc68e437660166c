import type { Settings } from '../settings/settings.ts';
import { systemClock } from '../system-clock.ts';
import type { CertificateSettings } from './certificate/load-certificate.ts';

/** What can be known of a credential without asking the service. */
export interface CredentialFacts {
  readonly kind: string;
  /** Where a certificate is at hand. */
  readonly certificate?:
    | {
        readonly subject: string;
        /** ISO 8601, UTC. */
        readonly validTo: string;
        /** Whole days; never negative, as an expired one is an error. */
        readonly daysLeft: number;
      }
    | undefined;
}

const day = 86_400_000;

/**
 * Reads the credential's files and checks all that can be checked here: that key and certificate belong together,
 * are valid today and of a kind the platform takes, and that nobody else may read the key.
 * @throws {CredentialError} saying the first thing that is wrong
 */
export async function examineCredential(settings: Settings): Promise<CredentialFacts> {
  const { credential, allowWeakPermissions, tenant, authority, protocol, clientId } = settings;
  if (credential.kind !== 'client-certificate') return { kind: credential.kind };
  const { loadCertificate } = await import('./certificate/load-certificate.ts');
  const { chain = [] } = await loadCertificate(
    { ...(credential as CertificateSettings), sendChain: true },
    {
      tenant,
      authority,
      protocol,
      clientId,
      allowWeakPermissions,
      ports: {
        clock: systemClock,
        random: Math.random,
        log: () => {},
        dispatch: () => Promise.reject(new Error('nothing is sent')),
      },
    },
  );
  const [leaf] = chain;
  if (leaf === undefined) return { kind: credential.kind };
  const validTo = leaf.validToDate;
  return {
    kind: credential.kind,
    certificate: {
      subject: leaf.subject.replaceAll('\n', ', '),
      validTo: validTo.toISOString(),
      daysLeft: Math.floor((validTo.getTime() - systemClock.wall()) / day),
    },
  };
}
