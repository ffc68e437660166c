/** What time it is in the tenant. Tests pass their own, to age tokens without waiting. */
export interface Clock {
  /** Milliseconds since 1970, UTC. */
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };
