import type { Clock } from '../ports.ts';

/** One for each tenant and application: while it is shut, nobody sends. */
export interface Gate {
  /** Shuts the gate for at least `milliseconds` from now; never opens one that is shut for longer. */
  shut(milliseconds: number): void;
  /** Milliseconds until it opens; 0 when open. */
  left(): number;
}

export function createGate(clock: Clock): Gate {
  let opensAt = Number.NEGATIVE_INFINITY;
  const left = (): number => Math.max(0, opensAt - clock.monotonic());
  return {
    shut(milliseconds) {
      opensAt = Math.max(opensAt, clock.monotonic() + milliseconds);
    },
    left,
  };
}
