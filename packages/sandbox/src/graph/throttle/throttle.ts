import type { Clock } from '../../clock.ts';

/** What a request was answered with, as far as throttling goes. */
export type Verdict =
  | {
      readonly allowed: true;
      /** Share of the limit in use, when Graph would say so: from 0.8 to 1.8. */
      readonly percentage: number | undefined;
    }
  | { readonly allowed: false; readonly retryAfterSeconds: number };

/** A client that did not wait as requested. */
export interface EarlyReturn {
  readonly appId: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** How many milliseconds too early. */
  readonly early: number;
}

export interface ThrottleLedger {
  readonly requests: number;
  readonly resourceUnits: number;
  readonly refused: number;
  readonly earlyReturns: number;
  /** The last hundred. */
  readonly recentEarlyReturns: readonly EarlyReturn[];
}

export interface Throttle {
  charge(appId: string, units: number, priority: string | undefined): Verdict;
  /** `GET signInActivity`: its own, much smaller limit on top. */
  chargeSignInActivity(appId: string): Verdict;
  /** Resource units in 10 seconds from now on; undefined: by the tenant's size. */
  setLimit(unitsPer10Seconds: number | undefined): void;
  ledger(): ThrottleLedger;
}

export interface ThrottleOptions {
  readonly clock: Clock;
  /** Live users now: the tenant's size decides its limit (6.1). */
  users(): number;
  /** Resource units in 10 seconds for one application in this tenant, instead of the limit by size. */
  readonly unitsPer10Seconds?: number | undefined;
}

const highest = 1.8;
const shown = 0.8;
/** Low priority is refused first (6.3); how much earlier is UNVERIFIED. */
const lowShare = 0.9;

/** 6.1, by size of the tenant. */
export function limitOf(users: number): number {
  if (users < 50) return 3500;
  return users <= 500 ? 5000 : 8000;
}

/** Usage that drains by its limit every window. */
interface Bucket {
  used: number;
  at: number;
  /** The end of the Retry-After that its application received. */
  notBefore: number;
}

interface Limit {
  readonly units: number;
  readonly windowSeconds: number;
}

/**
 * Token bucket per application. A refused request counts too (S7: no immediate retry, every call counts against the
 * quota), up to 1.8 times the limit.
 */
export function createThrottle(options: ThrottleOptions): Throttle {
  const { clock } = options;
  let { unitsPer10Seconds } = options;
  const buckets = new Map<string, Bucket>();
  const recent: EarlyReturn[] = [];
  const counts = { requests: 0, resourceUnits: 0, refused: 0, earlyReturns: 0 };

  function bucketOf(key: string, now: number): Bucket {
    const bucket = buckets.get(key) ?? { used: 0, at: now, notBefore: 0 };
    buckets.set(key, bucket);
    return bucket;
  }

  function noteEarlyReturn(appId: string, bucket: Bucket, now: number): void {
    if (now >= bucket.notBefore) return;
    counts.earlyReturns += 1;
    recent.push({ appId, at: now, early: bucket.notBefore - now });
    if (recent.length > 100) recent.shift();
  }

  function draw(
    key: string,
    appId: string,
    units: number,
    { units: limit, windowSeconds }: Limit,
    share: number,
  ): Verdict {
    const now = clock.now();
    const bucket = bucketOf(key, now);
    noteEarlyReturn(appId, bucket, now);
    const drained = ((now - bucket.at) / 1000 / windowSeconds) * limit;
    const before = Math.max(0, bucket.used - drained);
    bucket.at = now;
    bucket.used = Math.min(before + units, limit * highest);
    const over = before + units - limit * share;
    if (over > 0) {
      counts.refused += 1;
      const excess = bucket.used + units - limit * share;
      const retryAfterSeconds = Math.max(1, Math.ceil((excess / limit) * windowSeconds));
      bucket.notBefore = now + retryAfterSeconds * 1000;
      return { allowed: false, retryAfterSeconds };
    }
    const percentage = bucket.used / limit;
    return { allowed: true, percentage: percentage >= shown ? percentage : undefined };
  }

  return {
    charge(appId, units, priority) {
      counts.requests += 1;
      counts.resourceUnits += units;
      const limit = {
        units: unitsPer10Seconds ?? limitOf(options.users()),
        windowSeconds: 10,
      };
      return draw(appId, appId, units, limit, priority === 'low' ? lowShare : 1);
    },
    chargeSignInActivity: (appId) =>
      draw(`${appId} signInActivity`, appId, 1, { units: 10, windowSeconds: 60 }, 1),
    setLimit(units) {
      unitsPer10Seconds = units;
    },
    ledger: () => ({ ...counts, recentEarlyReturns: [...recent] }),
  };
}
