import { parseHttpDate } from '../http/http-date.ts';

/**
 * How long the service asks us to wait, in milliseconds; undefined when it does not say so in the grammar of
 * RFC 9110: whole seconds, or a date. `-5`, `soon`, `1.5` and two headers say nothing. A date counts from the
 * answer's own `Date`, so that a wrong clock on this machine does not matter. A date that has passed is 0.
 * @param wall `Clock.wall()`, for answers without a `Date`
 */
export function parseRetryAfter(
  headers: Readonly<Record<string, string>>,
  wall: number,
): number | undefined {
  const text = headers['retry-after']?.trim();
  if (text === undefined || text === '') return undefined;
  if (/^\d{1,10}$/.test(text)) return Number(text) * 1000;
  const until = parseHttpDate(text, wall);
  if (until === undefined) return undefined;
  const sentAt = parseHttpDate(headers['date']?.trim() ?? '', wall) ?? wall;
  return Math.max(0, until - sentAt);
}
