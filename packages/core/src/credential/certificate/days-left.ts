import type { X509Certificate } from 'node:crypto';

const day = 86_400_000;

/** Days before its expiry from which a certificate is reported. */
export const warningDays = 30;

/**
 * Returns the days until the certificate expires, rounded up; 0 when it has expired.
 * @param now milliseconds since 1970
 */
export function daysLeft({ validToDate }: X509Certificate, now: number): number {
  return Math.max(0, Math.ceil((validToDate.getTime() - now) / day));
}
