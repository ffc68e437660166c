const units: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** Whole numbers with units, `90s` or `1h30m`; at most nine digits each, so that the sum is a safe integer. */
export const durationPattern = /^(?:\d{1,9}(?:ms|s|m|h|d))+$/u;

/** Returns the milliseconds of a text that matches {@link durationPattern}. */
export function millisecondsOf(duration: string): number {
  return Array.from(duration.matchAll(/(\d+)(ms|s|m|h|d)/gu)).reduce(
    (sum, [, count, unit]) => sum + Number(count) * (units[unit ?? ''] ?? 0),
    0,
  );
}
