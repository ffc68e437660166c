import { DeadlineError } from '../errors/deadline-error.ts';
import { ThrottledError } from '../errors/throttled-error.ts';
import type { Clock } from '../ports.ts';
import type { Deadline } from '../retry/deadline.ts';
import { createUsageLimit } from './usage-limit.ts';

/** The permission to send one request. Dispose of it when the response has arrived. */
export interface Turn extends Disposable {
  /** By `Clock.monotonic()`. */
  readonly sentAt: number;
  /** Because the service had told us to, in milliseconds. */
  readonly waited: number;
}

/** One for each tenant and application: when each of its requests may be sent. */
export interface Pacing {
  /**
   * @param longestWait the longest wait that the caller accepts, in milliseconds
   * @throws {DeadlineError} when the wait would be longer than the deadline allows
   * @throws {ThrottledError} when it would be longer than `longestWait`
   */
  turn(deadline: Deadline, signal?: AbortSignal, longestWait?: number): Promise<Turn>;
  /**
   * Records that the service asked for a wait: no request is sent until its end, and the rate is lower afterwards.
   * @param sentAt when the throttled request was sent
   */
  hold(milliseconds: number, sentAt: number): void;
  /**
   * Records the share of the quota that is in use according to a response; undefined when it states none, which means
   * less than 80 %.
   */
  observe(share: number | undefined): void;
}

/** What is left of the rate after a throttle, and how steeply it grows back: the numbers of CUBIC (RFC 9438). */
const kept = 0.7;
const steepness = 0.4;

/** Requests a second from which on nothing is held back any more. */
const unhindered = 1000;

/** How long the lowest rate is kept, in milliseconds: its effect cannot be measured earlier. */
const firstSecond = 1000;

/** Graph measures in windows of ten seconds; our rate is that of the busiest second of such a window. */
const window = 10;

/** How many requests were sent in the busiest of the last seconds. */
function createMeter(): { note(now: number): void; busiest(now: number): number } {
  let seconds: { readonly at: number; sent: number }[] = [];
  return {
    note(now) {
      const at = Math.floor(now / 1000);
      const last = seconds.at(-1);
      if (last?.at === at) last.sent += 1;
      else seconds = [...seconds.filter((second) => second.at > at - window), { at, sent: 1 }];
    },
    busiest(now) {
      const oldest = Math.floor(now / 1000) - window;
      return Math.max(1, ...seconds.map(({ at, sent }) => (at > oldest ? sent : 0)));
    },
  };
}

/**
 * Creates the pacing of requests. Before the service throttles for the first time, requests are not delayed. From then
 * on the rate begins at 70 % of the former one and grows like the window of CUBIC: quickly up to the former rate,
 * slowly around it, then beyond. Where responses state how much of the quota is in use, the rate stays below the quota,
 * so that no request is throttled. A request is never delayed while no other one is waiting or pending: sequential
 * requests are the minimum.
 */
export function createPacing(clock: Clock): Pacing {
  const meter = createMeter();
  const usage = createUsageLimit();
  let opensAt = Number.NEGATIVE_INFINITY;
  /** The rate at which we were throttled; undefined when nothing is held back. */
  let peak: number | undefined;
  let slowedAt = Number.NEGATIVE_INFINITY;
  let nextAt = Number.NEGATIVE_INFINITY;
  let waiting = 0;
  let underWay = 0;

  /** Requests a second. */
  function rateAt(time: number, top: number): number {
    const seconds = Math.max(0, time - opensAt - firstSecond) / 1000;
    return steepness * (seconds - Math.cbrt((top * (1 - kept)) / steepness)) ** 3 + top;
  }

  /** The next free place in the row. */
  function place(now: number): number {
    if (peak !== undefined && rateAt(now, peak) > unhindered) peak = undefined;
    const rates = [usage.rate(now), peak && rateAt(now, peak)].filter((rate) => rate !== undefined);
    const rate = Math.min(...rates, unhindered);
    if (rate === unhindered) return now;
    const mine = waiting === 1 && underWay === 0 ? now : Math.max(now, nextAt);
    nextAt = mine + 1000 / rate;
    return mine;
  }

  /** Waits for the opening, then for a place; again when it was shut meanwhile. @returns the moment to send */
  async function pass(
    deadline: Deadline,
    signal: AbortSignal | undefined,
    longestWait: number,
  ): Promise<number> {
    async function until(time: number): Promise<void> {
      const wait = time - clock.monotonic();
      if (wait >= deadline.left()) throw new DeadlineError('pause', { retryAfter: wait });
      if (wait > longestWait) throw new ThrottledError({ status: 429, retryAfter: wait });
      await clock.sleep(wait, signal);
    }
    for (;;) {
      while (opensAt > clock.monotonic()) await until(opensAt);
      const now = clock.monotonic();
      const mine = place(now);
      if (mine <= now) return now;
      await until(mine);
      if (opensAt <= clock.monotonic()) return clock.monotonic();
    }
  }

  return {
    async turn(deadline, signal, longestWait = Infinity) {
      const start = clock.monotonic();
      waiting += 1;
      const sentAt = await pass(deadline, signal, longestWait).finally(() => {
        waiting -= 1;
      });
      underWay += 1;
      meter.note(sentAt);
      return {
        sentAt,
        waited: sentAt - start,
        [Symbol.dispose]() {
          underWay -= 1;
        },
      };
    },
    observe(share) {
      const now = clock.monotonic();
      // The request whose response this is counts as pending until it is disposed of.
      const wait = usage.observe(now, share, Math.max(0, underWay - 1));
      nextAt = Math.max(nextAt, now + wait);
    },
    hold(milliseconds, sentAt) {
      const now = clock.monotonic();
      // What was sent before we slowed down says nothing about the slower rate: a burst that is refused is one refusal.
      if (sentAt > slowedAt) {
        const busiest = meter.busiest(now);
        const tooSoon = peak !== undefined && sentAt - opensAt < firstSecond;
        const measured = tooSoon ? Infinity : busiest;
        peak = peak === undefined ? measured : Math.min(measured, rateAt(sentAt, peak));
        slowedAt = now;
      }
      opensAt = Math.max(opensAt, now + milliseconds);
      nextAt = opensAt;
    },
  };
}
