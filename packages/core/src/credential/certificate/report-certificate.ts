import type { ProofReport } from '../proof-report.ts';
import { daysLeft, soon } from './days-left.ts';
import type { LoadedCertificate } from './loaded-certificate.ts';

/** What to know of a key and certificate that passed every check. `now` is the wall clock. */
export function reportCertificate(
  { key, algorithm, certificate }: LoadedCertificate,
  now: number,
): ProofReport {
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  const about = `An RSA key of ${bits} bits, signing by ${algorithm}`;
  if (certificate === undefined)
    return {
      says: `${about}; there is only the thumbprint of its certificate here, so nobody can say when that ends.`,
      facts: { bits, algorithm },
    };
  const subject = certificate.subject.replaceAll('\n', ', ');
  const validTo = certificate.validToDate.toISOString();
  const days = daysLeft(certificate, now);
  const left = `${days} ${days === 1 ? 'day' : 'days'}`;
  return {
    says: `${about}, belongs to the certificate “${subject}”, which is good until ${validTo.slice(0, 10)}: ${left} left.`,
    facts: {
      bits,
      algorithm,
      subject,
      validTo,
      daysLeft: days,
      thumbprint: certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
    },
    remedy:
      days < soon
        ? 'Make the next certificate, register it beside this one (App registrations › your application › Certificates & secrets), then replace the file.'
        : undefined,
  };
}
