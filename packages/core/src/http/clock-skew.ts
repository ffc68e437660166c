import { parseHttpDate } from './http-date.ts';

/** Beyond this the platform refuses assertions, in milliseconds. */
export const toleratedSkew = 300_000;

/**
 * How far this machine's clock is ahead of the one that wrote `Date`, in milliseconds; undefined when it wrote none.
 */
export function measureSkew(
  headers: Readonly<Record<string, string>>,
  wall: number,
): number | undefined {
  const sent = parseHttpDate(headers['date']?.trim() ?? '', wall);
  return sent === undefined ? undefined : wall - sent;
}

/** The skew in words: `which is 10 min ahead of the service's clock`. */
export function describeSkew(skew: number): string {
  const seconds = Math.round(Math.abs(skew) / 1000);
  if (seconds < 2) return "as the service's clock says";
  const amount = seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
  return `which is ${amount} ${skew > 0 ? 'ahead of' : 'behind'} the service's clock`;
}
