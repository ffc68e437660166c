const units: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** Whole numbers with a unit, `90s` or `1h30m`; at most nine digits each, so that no sum overflows. */
export const durationPattern = /^(?:\d{1,9}(?:ms|s|m|h|d))+$/u;

/** Milliseconds of a text that {@link durationPattern} fits. */
export function millisecondsOf(duration: string): number {
  return Array.from(duration.matchAll(/(\d+)(ms|s|m|h|d)/gu)).reduce(
    (sum, [, count, unit]) => sum + Number(count) * (units[unit ?? ''] ?? 0),
    0,
  );
}
