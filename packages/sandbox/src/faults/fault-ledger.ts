import type { FaultKindName } from './kinds.ts';

/** One fault that happened. */
export interface FaultEvent {
  readonly kind: FaultKindName;
  readonly requestId: string;
  readonly path: string;
  readonly at: string;
}

/** Proves that a fault happened. */
export interface FaultLedger {
  /** How often each kind has happened; kinds that never did are absent. */
  counts(): Readonly<Partial<Record<FaultKindName, number>>>;
  /** The last 1,000, oldest first. */
  events(): readonly FaultEvent[];
  record(event: FaultEvent): void;
  clear(): void;
}

const kept = 1_000;

export function createFaultLedger(): FaultLedger {
  let counts: Partial<Record<FaultKindName, number>> = {};
  let events: FaultEvent[] = [];
  return {
    counts: () => ({ ...counts }),
    events: () => events.slice(-kept),
    record(event) {
      counts[event.kind] = (counts[event.kind] ?? 0) + 1;
      events.push(event);
      if (events.length >= kept * 2) events = events.slice(-kept);
    },
    clear() {
      counts = {};
      events = [];
    },
  };
}
