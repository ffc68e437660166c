/** The rate that keeps the use of a quota below its limit, learned from the share in use that responses state. */
export interface UsageLimit {
  /**
   * Records a response.
   * @param share the share of the limit that is in use; undefined when the response does not state it, which Graph does
   *   from 0.8 on
   * @param pending the number of requests whose response has not arrived
   * @returns how long no request should be sent, in milliseconds
   */
  observe(now: number, share: number | undefined, pending: number): number;
  /** Requests per second; undefined while the quota is unknown. */
  rate(now: number): number | undefined;
}

/** The share at which the rate is chosen, and from which on it is lowered. */
const aim = 0.9;

/** What is left of the rate after it was too high. */
const kept = 0.85;

/** How much the rate grows per second while less than 80 % of the quota is in use. */
const growth = 0.02;

/** The effect of a rate is not seen earlier, in milliseconds. */
const settling = 2000;

/** A quota is refilled within ten seconds (Graph's docs, "Throttling limits"). */
const refill = 10_000;

const lowest = 0.1;

/** Returns the time until what is pending has been answered and the use is at its aim again. */
function excess(share: number, pending: number, perSecond: number): number {
  const expected = share + (pending * aim * 1000) / (perSecond * refill);
  return Math.max(0, expected - aim) * refill;
}

/**
 * Creates a limit that converges below the quota: additive increase, multiplicative decrease. The share includes what
 * other processes of the same application use, so that they adapt to each other.
 *
 * The first rate follows from what was sent until then: of `answers` responses in `time`, the quota has refilled
 * `time / 10 s` of itself, and `share` of it is in use.
 */
export function createUsageLimit(): UsageLimit {
  /** When the responses of the last ten seconds arrived; empty when the first rate is known. */
  let answered: number[] = [];
  let known: number | undefined;
  /** When the rate was changed for the last time. */
  let changedAt = 0;
  let isGrowing = false;

  function rate(now: number): number | undefined {
    if (known === undefined || !isGrowing) return known;
    return known * (1 + (growth * Math.max(0, now - changedAt)) / 1000);
  }

  function set(now: number, to: number): void {
    known = Math.max(lowest, to);
    changedAt = now;
  }

  return {
    rate,
    observe(now, share, pending) {
      const before = rate(now);
      if (before === undefined) {
        answered.push(now);
        // Twice the window is kept, so that the list is not copied for each response.
        if ((answered[0] ?? now) < now - 2 * refill)
          answered = answered.filter((at) => at > now - refill);
      }
      if (share === undefined || share < 0.8) {
        if (before !== undefined && !isGrowing) set(now, before);
        isGrowing = true;
        return 0;
      }
      if (before === undefined) {
        const recent = answered.filter((at) => at > now - refill);
        const quota = recent.length / (share + (now - (recent[0] ?? now)) / refill);
        answered = [];
        set(now, (aim * quota * 1000) / refill);
        isGrowing = false;
        return excess(share, pending, known ?? lowest);
      }
      if (isGrowing) set(now, before);
      isGrowing = false;
      if (share < aim || now - changedAt < settling) return 0;
      set(now, before * kept);
      return excess(share, 0, known ?? lowest);
    },
  };
}
