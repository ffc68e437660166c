import type { CredentialReport } from '../credential-report.ts';
import { daysLeft, warningDays } from './days-left.ts';
import type { LoadedCertificate } from './loaded-certificate.ts';

/**
 * Reports a private key and a certificate that passed every check.
 * @param now milliseconds since 1970
 */
export function reportCertificate(
  { key, algorithm, certificate }: LoadedCertificate,
  now: number,
): CredentialReport {
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  const about = `RSA key with ${bits} bits, signature algorithm ${algorithm}`;
  if (certificate === undefined)
    return {
      message: `${about}; only the thumbprint of its certificate is configured, so that its expiry is unknown.`,
      facts: { bits, algorithm },
    };
  const subject = certificate.subject.replaceAll('\n', ', ');
  const validTo = certificate.validToDate.toISOString();
  const days = daysLeft(certificate, now);
  const left = `${days} ${days === 1 ? 'day' : 'days'}`;
  return {
    message: `${about}; certificate “${subject}”, expires on ${validTo.slice(0, 10)}, in ${left}.`,
    facts: {
      bits,
      algorithm,
      subject,
      validTo,
      daysLeft: days,
      thumbprint: certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
    },
    hint:
      days < warningDays
        ? 'Create a new certificate, upload it in addition to this one (App registrations › your application › Certificates & secrets), then replace the file.'
        : undefined,
  };
}
