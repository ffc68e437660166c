import type { Ports } from '../../ports.ts';
import { daysLeft, soon } from './days-left.ts';
import type { LoadedCertificate } from './loaded-certificate.ts';

/** Logs how many days are left, as a warning when they are few; `days` is what a metric shows. */
export function warnOfEnd({ certificate }: LoadedCertificate, { clock, log }: Ports): void {
  if (certificate === undefined) return;
  const days = daysLeft(certificate, clock.wall());
  log(days < soon ? 'warn' : 'debug', 'certificate-days-left', { days });
}
