import type { X509Certificate } from 'node:crypto';

const day = 86_400_000;

/** Renewing takes somebody with rights in the tenant, and they may be on holiday. */
export const soon = 30;

/** Days until the certificate ends, one that has begun counting in full: 0 means that it has ended. `now` is the wall clock. */
export function daysLeft({ validToDate }: X509Certificate, now: number): number {
  return Math.max(0, Math.ceil((validToDate.getTime() - now) / day));
}
