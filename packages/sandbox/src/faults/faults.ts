import type { FaultEvent, FaultLedger } from './fault-ledger.ts';
import type { FaultPlan } from './fault-plan.ts';
import type { Fault, FaultKindName } from './kinds.ts';
import { readFault } from './read-fault.ts';

/** The switches of a running sandbox. */
export interface Faults {
  /**
   * Sets one more fault; it counts requests from now.
   * @throws {TypeError} when there is no such kind or it does not take such a parameter
   */
  add(fault: Fault): void;
  /** Takes all faults away. The ledger stays. */
  clear(): void;
  list(): readonly { fault: Fault; seen: number; struck: number }[];
  /** How often each kind has happened. */
  counts(): Readonly<Partial<Record<FaultKindName, number>>>;
  events(): readonly FaultEvent[];
}

export function createFaults(plan: FaultPlan, ledger: FaultLedger): Faults {
  return {
    add: (fault) => plan.add(readFault(fault)),
    clear() {
      plan.clear();
    },
    list: () => plan.list().map(({ fault, seen, struck }) => ({ fault, seen, struck })),
    counts: () => ledger.counts(),
    events: () => ledger.events(),
  };
}
