import type { Ports } from '../../ports.ts';
import type { LoadedCertificate } from './loaded-certificate.ts';

const day = 86_400_000;
/** Renewing takes somebody with rights in the tenant, and they may be on holiday. */
const soon = 30;

/** Logs how many days are left, as a warning when they are few; `days` is what a metric shows. */
export function warnOfEnd({ certificate }: LoadedCertificate, { clock, log }: Ports): void {
  if (certificate === undefined) return;
  const days = Math.floor((certificate.validToDate.getTime() - clock.wall()) / day);
  log(days < soon ? 'warn' : 'debug', 'certificate-days-left', { days });
}
