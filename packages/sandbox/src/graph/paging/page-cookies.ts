import type { Clock } from '../../clock.ts';

/** What the server keeps for each filtered listing: the time of its last request. */
export interface PageCookies {
  /** Starts a listing. Returns the number of its cookie, 1 or more. */
  open(): number;
  /** Notes a request of the listing. False when its cookie has expired or is unknown. */
  use(cookie: number): boolean;
  /** Sets the idle time after which cookies expire, in seconds; undefined: never. Applies to existing cookies too. */
  setIdleSeconds(seconds: number | undefined): void;
  readonly idleSeconds: number | undefined;
}

/** The oldest listings are dropped first, as a server with limited memory does. */
const kept = 100_000;

export function createPageCookies(clock: Clock, initialIdleSeconds?: number): PageCookies {
  const lastUsed = new Map<number, number>();
  let idleSeconds = initialIdleSeconds;
  let issued = 0;
  return {
    open() {
      issued += 1;
      lastUsed.set(issued, clock.now());
      if (lastUsed.size > kept) lastUsed.delete(lastUsed.keys().next().value!);
      return issued;
    },
    use(cookie) {
      const last = lastUsed.get(cookie);
      const now = clock.now();
      if (last === undefined) return false;
      if (idleSeconds !== undefined && now - last > idleSeconds * 1_000) {
        lastUsed.delete(cookie);
        return false;
      }
      lastUsed.set(cookie, now);
      return true;
    },
    setIdleSeconds(seconds) {
      idleSeconds = seconds;
    },
    get idleSeconds() {
      return idleSeconds;
    },
  };
}
