import { channel } from 'node:diagnostics_channel';

import type { CredentialContext } from '../strategy.ts';
import { certificateChannel, type CertificateMessage } from './certificate-channel.ts';
import { daysLeft, warningDays } from './days-left.ts';
import type { LoadedCertificate } from './loaded-certificate.ts';

/** Logs the remaining days of the certificate, as a warning when they are few, and publishes them for metrics. */
export function warnBeforeExpiry(
  { certificate }: LoadedCertificate,
  context: CredentialContext,
): void {
  if (certificate === undefined) return;
  const { tenant, clientId, ports } = context;
  const days = daysLeft(certificate, ports.clock.wall());
  ports.log('certificate-expiry', { days, isSoon: days < warningDays });
  const message: CertificateMessage = {
    tenant,
    clientId,
    thumbprint: certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
    validTo: certificate.validToDate.getTime(),
    daysLeft: days,
  };
  channel(certificateChannel).publish(message);
}
